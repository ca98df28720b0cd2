package org.tallykeep.local.parts;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition that another process makes true. */
public final class Poll {

  private Poll() {}

  public static boolean until(Duration limit, Duration every, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        return false;
      }
      try {
        Thread.sleep(every);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return true;
  }
}
