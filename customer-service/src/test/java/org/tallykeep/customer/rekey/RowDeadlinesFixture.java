package org.tallykeep.customer.rekey;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Deadlines of new keys' rows for the tests of others. */
public final class RowDeadlinesFixture {

  private record Config(String checkEvery, Duration absentFor) implements RekeyConfig {}

  private RowDeadlinesFixture() {}

  /** Which never pass. */
  public static RowDeadlines always() {
    return of(Duration.ofMinutes(5), () -> Instant.EPOCH);
  }

  /** Which find that so much has passed whenever they look, of five minutes of absence. */
  public static RowDeadlines whereEveryLookTakes(Duration time) {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    return of(Duration.ofMinutes(5), () -> now.getAndUpdate(before -> before.plus(time)));
  }

  private static RowDeadlines of(Duration absentFor, InstantSource clock) {
    return new RowDeadlines(new Config("off", absentFor), clock);
  }
}
