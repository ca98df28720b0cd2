package org.tallykeep.customer.rekey;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Deadlines of new keys' rows for the tests of others. */
public final class RowDeadlinesFixture {

  private record Config(String checkEvery, Duration absentFor, Duration writeWithin)
      implements RekeyConfig {}

  private RowDeadlinesFixture() {}

  /** Which never pass. */
  public static RowDeadlines unlimited() {
    return of(Duration.ofSeconds(150), () -> Instant.EPOCH);
  }

  /** Which find that so much has passed whenever they look, of two minutes and a half. */
  public static RowDeadlines whereEveryLookTakes(Duration time) {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    return of(Duration.ofSeconds(150), () -> now.getAndUpdate(before -> before.plus(time)));
  }

  private static RowDeadlines of(Duration within, InstantSource clock) {
    return new RowDeadlines(new Config("off", within.multipliedBy(2), within), clock);
  }
}
