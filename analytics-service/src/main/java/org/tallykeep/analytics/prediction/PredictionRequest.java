package org.tallykeep.analytics.prediction;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which purchasers, or how many of those expected to buy most, and how far ahead.
 *
 * @param horizonDays checked against what makes sense by the service, which says what does
 */
@Schema(
    description = "Either `purchasers` or `top`.",
    examples = "{\"top\": 10, \"horizonDays\": 30}")
record PredictionRequest(
    @Nullable @Size(min = 1, max = 10_000) List<@NotNull UUID> purchasers,
    @Nullable @Min(1) @Max(10_000) Integer top,
    @NotNull Integer horizonDays) {

  @AssertTrue(message = "send either purchasers or top")
  @Schema(hidden = true)
  boolean isEitherPurchasersOrTop() {
    return (purchasers == null) != (top == null);
  }

  /** Leaves the pseudonyms out. */
  @Override
  public String toString() {
    return "PredictionRequest[horizonDays=" + horizonDays + "]";
  }
}
