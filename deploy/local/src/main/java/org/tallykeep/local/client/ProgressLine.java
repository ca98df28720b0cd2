package org.tallykeep.local.client;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far long work is: one line that is written over on a terminal, now and then a line of its own
 * elsewhere. Safe to use from several threads.
 */
public final class ProgressLine {

  private static final long TERMINAL_EVERY = 200_000_000L;
  private static final long PLAIN_EVERY = 5_000_000_000L;
  private static final int WIDTH = 24;

  private final PrintWriter output;
  private final boolean terminal;
  private final LongSupplier nanos;
  private final String what;
  private final long total;
  private final long started;
  private long lastShown;
  private long done;
  private long refused;

  /**
   * @param what the work and its unit, such as "rows"
   * @param nanos a clock such as {@code System::nanoTime}
   */
  public ProgressLine(
      PrintWriter output, boolean terminal, String what, long total, LongSupplier nanos) {
    this.output = output;
    this.terminal = terminal;
    this.nanos = nanos;
    this.what = what;
    this.total = total;
    this.started = nanos.getAsLong();
    this.lastShown = started;
  }

  /** Whether a person looks at what this program writes. */
  public static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  public synchronized void add(long more, long moreRefused) {
    done += more;
    refused += moreRefused;
    long now = nanos.getAsLong();
    if (now - lastShown >= (terminal ? TERMINAL_EVERY : PLAIN_EVERY)) {
      lastShown = now;
      show(now);
    }
  }

  /** Shows where it ended. */
  public synchronized void finish() {
    show(nanos.getAsLong());
    if (terminal) {
      output.println();
      output.flush();
    }
  }

  private void show(long now) {
    String line = text(now);
    if (terminal) {
      // Clears what a longer line before it left behind.
      output.print("\r" + bar() + " " + line + "\u001b[K");
    } else {
      output.println(line);
    }
    output.flush();
  }

  private String text(long now) {
    double seconds = Math.max(1e-3, (now - started) / 1e9);
    double rate = done / seconds;
    long percent = total == 0 ? 100 : done * 100 / total;
    // The first rows wait for a cold service: a hundredth of the work says nothing about the rest.
    boolean telling = done < total && done * 100 >= total;
    String left = telling ? ", " + time((total - done) / rate) + " left" : "";
    return String.format(
        Locale.ROOT,
        "%,d of %,d %s (%d %%), %,.0f a second%s, %,d refused",
        done,
        total,
        what,
        percent,
        rate,
        left,
        refused);
  }

  private String bar() {
    int filled = total == 0 ? WIDTH : (int) Math.min(WIDTH, done * WIDTH / total);
    return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]";
  }

  private static String time(double seconds) {
    long whole = (long) Math.ceil(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? "%d min %02d s".formatted(whole / 60, whole % 60)
        : "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
  }
}
