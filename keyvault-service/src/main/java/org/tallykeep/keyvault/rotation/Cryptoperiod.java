package org.tallykeep.keyvault.rotation;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a key is used before the next takes over.
 *
 * @param every empty when keys are turned over on demand only
 */
record Cryptoperiod(Optional<Duration> every) {

  Cryptoperiod {
    if (every.filter(duration -> !duration.isPositive()).isPresent()) {
      throw new IllegalArgumentException("a cryptoperiod is longer than nothing, or off");
    }
  }

  /** A duration such as {@code 7d}, or {@code off}; found by the configuration. */
  public static Cryptoperiod of(String text) {
    return new Cryptoperiod(
        text.strip().equals("off")
            ? Optional.empty()
            : Optional.of(DurationConverter.parseDuration(text.strip())));
  }
}
