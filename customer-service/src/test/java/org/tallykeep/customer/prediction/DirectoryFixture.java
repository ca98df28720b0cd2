package org.tallykeep.customer.prediction;

import java.time.Clock;
import java.time.Duration;
import org.tallykeep.customer.purchaser.Links;

/** This package's parts for the tests of others. */
public final class DirectoryFixture {

  private DirectoryFixture() {}

  /** The customers behind pseudonyms, as one replica remembers them. */
  public static CustomerDirectory of(Links links) {
    return new CustomerDirectory(links, new Remembering(), Clock.systemUTC());
  }

  private record Remembering() implements PredictionConfig {
    @Override
    public int remembered() {
      return 100_000;
    }

    @Override
    public int whileWaiting() {
      return 100_000;
    }

    @Override
    public Duration refreshAfter() {
      return Duration.ofHours(1);
    }

    @Override
    public Duration forgetAfter() {
      return Duration.ofHours(1);
    }
  }
}
