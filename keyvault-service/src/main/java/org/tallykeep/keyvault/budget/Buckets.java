package org.tallykeep.keyvault.budget;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/** What was spent in the buckets of one window, up to the newest. Not thread-safe. */
final class Buckets {

  private final Window window;
  private final int[] counts;

  /** The number of the newest bucket, counted from 1970. */
  private long newest;

  private Buckets(Window window, long newest, int[] counts) {
    this.window = window;
    this.newest = newest;
    this.counts = counts;
  }

  static Buckets empty(Window window) {
    return new Buckets(window, 0, new int[window.kept()]);
  }

  static int size(Window window) {
    return Long.BYTES + window.kept() * Integer.BYTES;
  }

  static Buckets read(Window window, ByteBuffer in) {
    long newest = in.getLong();
    int[] counts = new int[window.kept()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = in.getInt();
    }
    return new Buckets(window, newest, counts);
  }

  void write(ByteBuffer out) {
    out.putLong(newest);
    for (int count : counts) {
      out.putInt(count);
    }
  }

  /** Forgets what is too old. A clock that goes back stays in the newest bucket. */
  void moveTo(Instant now) {
    long bucket = number(now);
    long passed = Math.min(Math.max(0, bucket - newest), counts.length);
    for (long i = 1; i <= passed; i++) {
      counts[place(bucket - passed + i)] = 0;
    }
    newest = Math.max(newest, bucket);
  }

  long sum() {
    long sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  void add(long records) {
    counts[place(newest)] = Math.toIntExact(counts[place(newest)] + records);
  }

  /**
   * How long until so many more fit, if nobody else spends meanwhile; the whole window when they
   * never do.
   */
  Duration until(Instant now, long records, long limit) {
    long sum = sum();
    for (long oldest = newest - counts.length + 1; oldest <= newest; oldest++) {
      sum -= counts[place(oldest)];
      if (sum + records <= limit) {
        Instant forgotten = start(oldest + counts.length);
        return Duration.between(now, forgotten);
      }
    }
    return window.length();
  }

  private long number(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), window.bucket().toSeconds());
  }

  private Instant start(long number) {
    return Instant.ofEpochSecond(number * window.bucket().toSeconds());
  }

  private int place(long number) {
    return (int) Math.floorMod(number, (long) counts.length);
  }
}
