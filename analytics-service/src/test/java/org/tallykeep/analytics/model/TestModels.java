package org.tallykeep.analytics.model;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Settings for tests. */
public final class TestModels {

  private TestModels() {}

  /** A configuration written down. */
  public record Settings(int minCustomers, int minRepeatBuyers, Duration refitAfter, int keptCards)
      implements ModelConfig {}

  private static final Settings SETTINGS = new Settings(30, 10, Duration.ofMinutes(1), 100);

  public static Trainer trainer() {
    return new Trainer(SETTINGS);
  }

  /** A model whose card nobody keeps. */
  public static CurrentModel current() {
    return current(Clock.systemUTC());
  }

  static CurrentModel current(Clock clock) {
    return new CurrentModel(trainer(), new NoCards(), SETTINGS, clock);
  }

  private static final class NoCards implements ModelCards {
    @Override
    public void keep(ModelCard card, int atMost) {}

    @Override
    public Optional<ModelCard> latest() {
      return Optional.empty();
    }
  }
}
