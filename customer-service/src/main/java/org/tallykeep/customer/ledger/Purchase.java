package org.tallykeep.customer.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.purchaser.Buyer;

/**
 * A purchase or a return that passed every check.
 *
 * @param kind what it is
 * @param eventId the retailer's own id of it
 * @param corrects the id of the event in whose place it stands, if it corrects one
 * @param buyer who bought
 * @param epochDay days since 1970-01-01 in the retailer's zone
 * @param second the instant in seconds since 1970-01-01T00:00:00Z, if it was given
 * @param lines at least one, unless it corrects an event that was none
 * @param note free text without card numbers
 */
record Purchase(
    Kind kind,
    String eventId,
    @Nullable String corrects,
    Buyer buyer,
    int epochDay,
    @Nullable Long second,
    List<PurchaseLine> lines,
    @Nullable String note) {

  /** What an event is; the order is part of the format. */
  enum Kind {
    PURCHASE,
    /** Something is given back. It counts on its own day, and is no order. */
    RETURN
  }

  Purchase {
    lines = List.copyOf(lines);
  }

  /** Leaves everything out. */
  @Override
  public String toString() {
    return "Purchase[…]";
  }
}
