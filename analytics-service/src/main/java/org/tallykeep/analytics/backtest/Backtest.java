package org.tallykeep.analytics.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a model fitted to the past did on what came after.
 *
 * @param customers those whose first purchase is on or before {@code until}; absent where they are
 *     so few that a model was not made: their figures would be those of single persons
 * @param actual their purchase days in the horizon after {@code until}; absent with them
 * @param asOf the last day that the models saw
 * @param dataThrough the last day of the data
 */
record Backtest(
    @Schema(examples = "2357") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long customers,
    @Schema(examples = "1882") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long actual,
    List<Score> models,
    LocalDate until,
    int horizonDays,
    LocalDate asOf,
    LocalDate dataThrough) {

  /**
   * One model.
   *
   * @param predicted the sum of what was expected of each customer
   * @param bias predicted over actual, minus one; absent when nobody bought
   * @param mae mean absolute error a customer
   * @param rmse root of the mean squared error a customer
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Score(
      @Schema(examples = "bg-nbd") String model,
      @Nullable Map<String, Double> parameters,
      @Schema(examples = "-9582.4292") @Nullable Double logLikelihood,
      @Schema(examples = "1653.4") @Nullable Double predicted,
      @Schema(examples = "-0.1215") @Nullable Double bias,
      @Schema(examples = "0.7855") @Nullable Double mae,
      @Schema(examples = "1.6080") @Nullable Double rmse,
      boolean eligible,
      @Nullable String reason,
      @Nullable String modelVersion,
      @Nullable Double gradientNorm,
      @Nullable Double condition) {}
}
