package org.tallykeep.customer.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the analytics service is asked: some purchasers, or the top ones. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PseudonymRequest(@Nullable List<UUID> purchasers, @Nullable Integer top, int horizonDays) {

  static PseudonymRequest of(List<UUID> purchasers, int horizonDays) {
    return new PseudonymRequest(List.copyOf(purchasers), null, horizonDays);
  }

  static PseudonymRequest top(int count, int horizonDays) {
    return new PseudonymRequest(null, count, horizonDays);
  }

  /** Leaves the pseudonyms out. */
  @Override
  public String toString() {
    return "PseudonymRequest[…]";
  }
}
