package org.tallykeep.analytics.model;

import java.time.Duration;

/** Settings for tests. */
public final class TestModels {

  private TestModels() {}

  /** A configuration written down. */
  public record Settings(int minCustomers, int minRepeatBuyers, Duration refitAfter, int keptCards)
      implements ModelConfig {}

  public static Trainer trainer() {
    return new Trainer(new Settings(30, 10, Duration.ofMinutes(1), 100));
  }
}
