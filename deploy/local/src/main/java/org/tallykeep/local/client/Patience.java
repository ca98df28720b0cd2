package org.tallykeep.local.client;

import java.time.Duration;

/**
 * How long a caller goes on trying while a service is away.
 *
 * @param longest the time without any success after which to give up
 * @param firstPause before the second attempt; doubles from attempt to attempt
 * @param longestPause what the pauses grow to
 */
public record Patience(Duration longest, Duration firstPause, Duration longestPause) {

  /** A minute: a service that was restarted is back by then. */
  public static Patience ordinary() {
    return of(Duration.ofMinutes(1));
  }

  /** That long, with pauses from 200 ms to 5 s. */
  public static Patience of(Duration longest) {
    return new Patience(longest, Duration.ofMillis(200), Duration.ofSeconds(5));
  }

  /** Runs out after {@link #longest()}, unless something goes well in between. */
  final class Clock {
    private long deadline = System.nanoTime() + longest.toNanos();
    private Duration pause = firstPause;

    /** Waits a little, or at least as long as the service asked for; false when time is up. */
    boolean pause(Duration atLeast) {
      Duration wait = pause.compareTo(atLeast) < 0 ? atLeast : pause;
      if (System.nanoTime() + wait.toNanos() > deadline) {
        return false;
      }
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
      try {
        Thread.sleep(wait);
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    /** Something went well: the time starts anew. */
    void progress() {
      deadline = System.nanoTime() + longest.toNanos();
      pause = firstPause;
    }
  }

  Clock start() {
    return new Clock();
  }
}
