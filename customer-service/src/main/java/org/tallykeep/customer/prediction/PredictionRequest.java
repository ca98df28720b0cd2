package org.tallykeep.customer.prediction;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Refusal;

/** Which customers, or how many of the best, and how far ahead. */
@Schema(
    name = "PredictionRequest",
    description = "Either `customers` or `top`.",
    examples = "{\"top\":10,\"horizonDays\":30,\"orderBy\":\"expected\"}")
record PredictionRequest(
    @Nullable List<UUID> customers,
    @Nullable Integer top,
    @Nullable Integer horizonDays,
    @Nullable String orderBy) {

  static final int MOST = 1000;

  /** Refuses what cannot be answered. */
  PredictionRequest checked() {
    if ((customers == null) == (top == null)) {
      throw new Refusal.Invalid(
          "prediction-refused", "either-customers-or-top", null, "Send either customers or top.");
    }
    if (customers != null && (customers.isEmpty() || customers.size() > MOST)) {
      throw new Refusal.Invalid(
          "prediction-refused", "out-of-range", "customers", "Name 1 to " + MOST + " customers.");
    }
    if (top != null && (top < 1 || top > MOST)) {
      throw new Refusal.Invalid(
          "prediction-refused", "out-of-range", "top", "Ask for 1 to " + MOST + ".");
    }
    if (horizonDays == null || horizonDays < 1) {
      throw new Refusal.Invalid(
          "prediction-refused", "missing", "horizonDays", "Say how many days ahead.");
    }
    if (orderBy != null && !orderBy.equals("expected")) {
      throw new Refusal.Invalid(
          "prediction-refused", "unknown-order", "orderBy", "The order is expected.");
    }
    return this;
  }

  int days() {
    return horizonDays == null ? 0 : horizonDays;
  }

  /** Leaves the customers out. */
  @Override
  public String toString() {
    return "PredictionRequest[…]";
  }
}
