package org.tallykeep.customer.prediction;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the analytics service answers about one purchaser. */
@JsonIgnoreProperties(ignoreUnknown = true)
record PseudonymPrediction(
    UUID purchaser,
    boolean eligible,
    @Nullable String reason,
    @Nullable Double expected,
    @Nullable Double pAlive,
    @Nullable LocalDate asOf,
    @Nullable LocalDate dataThrough,
    @Nullable String modelVersion) {

  /** Leaves the purchaser out. */
  @Override
  public String toString() {
    return "PseudonymPrediction[…]";
  }
}
