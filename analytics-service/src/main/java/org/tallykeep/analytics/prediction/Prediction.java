package org.tallykeep.analytics.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of one purchaser.
 *
 * @param expected purchase days within the horizon that starts the day after {@code asOf}
 * @param pAlive the probability that they have not stopped buying
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Prediction(
    UUID purchaser,
    boolean eligible,
    @Schema(description = "Why nothing is predicted; absent when something is.")
        @Nullable String reason,
    @Schema(examples = "1.22599447") @Nullable Double expected,
    @Schema(examples = "0.72662") @Nullable Double pAlive,
    int horizonDays,
    @Nullable LocalDate asOf,
    @Nullable LocalDate dataThrough,
    @Nullable String modelVersion) {

  /** Leaves the purchaser out. */
  @Override
  public String toString() {
    return "Prediction[eligible=" + eligible + "]";
  }
}
