package org.tallykeep.customer.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.purchaser.Buyer;

/**
 * A purchase that passed every check.
 *
 * @param eventId the retailer's own id of it
 * @param buyer who bought
 * @param epochDay days since 1970-01-01 in the retailer's zone
 * @param second the instant in seconds since 1970-01-01T00:00:00Z, if it was given
 * @param lines at least one
 * @param note free text without card numbers
 */
record Purchase(
    String eventId,
    Buyer buyer,
    int epochDay,
    @Nullable Long second,
    List<PurchaseLine> lines,
    @Nullable String note) {

  Purchase {
    lines = List.copyOf(lines);
  }

  /** Leaves everything out. */
  @Override
  public String toString() {
    return "Purchase[…]";
  }
}
