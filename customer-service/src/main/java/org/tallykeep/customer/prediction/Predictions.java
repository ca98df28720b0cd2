package org.tallykeep.customer.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.profile.CustomerView;

/** What is expected of customers, with what it rests on. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Predictions")
record Predictions(
    int horizonDays,
    @Schema(description = "The day after which the horizon begins") @Nullable LocalDate asOf,
    @Nullable LocalDate dataThrough,
    @Nullable String modelVersion,
    List<OfCustomer> predictions) {

  /** One customer, masked. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Prediction")
  record OfCustomer(
      CustomerView customer,
      @Schema(description = "Expected purchase days within the horizon") @Nullable Double expected,
      @Schema(description = "The probability that they have not stopped buying")
          @Nullable Double pAlive,
      boolean eligible,
      @Schema(description = "Why nothing is predicted", examples = "profiling-refused")
          @Nullable String reason) {
    @Override
    public String toString() {
      return "OfCustomer[…]";
    }
  }
}
