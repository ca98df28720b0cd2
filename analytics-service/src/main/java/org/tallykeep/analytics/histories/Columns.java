package org.tallykeep.analytics.histories;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Growing columns of opened histories: a million purchasers with twenty purchase days each take
 * some 140 MB. Filled by one thread, then only read.
 */
final class Columns {

  private static final int FINGERPRINT_LONGS = 4;

  private int size;
  private int dayCount;
  private long[] ids;
  private long[] fingerprints;
  private int[] ends;
  private int[] days;
  private final BitSet unprofiled = new BitSet();

  Columns(int expectedSize, int expectedDays) {
    ids = new long[2 * Math.max(16, expectedSize)];
    fingerprints = new long[FINGERPRINT_LONGS * Math.max(16, expectedSize)];
    ends = new int[Math.max(16, expectedSize)];
    days = new int[Math.max(64, expectedDays)];
  }

  int size() {
    return size;
  }

  int dayCount() {
    return dayCount;
  }

  long high(int row) {
    return ids[2 * row];
  }

  long low(int row) {
    return ids[2 * row + 1];
  }

  int from(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  int to(int row) {
    return ends[row];
  }

  int[] days() {
    return days;
  }

  /** The row's part in the sum of its shard's manifest. */
  byte[] fingerprint(int row) {
    ByteBuffer bytes = ByteBuffer.allocate(FINGERPRINT_LONGS * Long.BYTES);
    bytes.asLongBuffer().put(fingerprints, FINGERPRINT_LONGS * row, FINGERPRINT_LONGS);
    return bytes.array();
  }

  /** Whether nothing is to be predicted of this one. */
  boolean isUnprofiled(int row) {
    return unprofiled.get(row);
  }

  /** Leaves the row added last out of predictions. */
  void markLastUnprofiled() {
    unprofiled.set(size - 1);
  }

  void add(long high, long low, byte[] fingerprint, int[] purchaseDays, int from, int to) {
    int length = to - from;
    grow(length);
    ids[2 * size] = high;
    ids[2 * size + 1] = low;
    ByteBuffer.wrap(fingerprint)
        .asLongBuffer()
        .get(fingerprints, FINGERPRINT_LONGS * size, FINGERPRINT_LONGS);
    System.arraycopy(purchaseDays, from, days, dayCount, length);
    dayCount += length;
    ends[size] = dayCount;
    size++;
  }

  void copy(Columns other, int row) {
    add(
        other.high(row),
        other.low(row),
        other.fingerprint(row),
        other.days,
        other.from(row),
        other.to(row));
    unprofiled.set(size - 1, other.unprofiled.get(row));
  }

  private void grow(int length) {
    if (size == ends.length) {
      int larger = Math.addExact(size, size >> 1);
      ids = Arrays.copyOf(ids, 2 * larger);
      fingerprints = Arrays.copyOf(fingerprints, FINGERPRINT_LONGS * larger);
      ends = Arrays.copyOf(ends, larger);
    }
    int needed = Math.addExact(dayCount, length);
    if (needed > days.length) {
      days = Arrays.copyOf(days, Math.max(needed, Math.addExact(days.length, days.length >> 1)));
    }
  }
}
