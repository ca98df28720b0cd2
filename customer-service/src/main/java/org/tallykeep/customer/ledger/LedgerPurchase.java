package org.tallykeep.customer.ledger;

import java.util.List;
import java.util.UUID;

/**
 * A purchase or a return as the ledger holds it, for counting.
 *
 * @param id the ledger's own
 * @param purchaserId the pseudonym
 * @param epochDay days since 1970-01-01 in the retailer's zone
 * @param isReturn whether the lines were given back
 * @param lines none if it only takes another event back
 */
public record LedgerPurchase(
    UUID id, UUID purchaserId, int epochDay, boolean isReturn, List<PurchaseLine> lines) {
  /** Copies the lines. */
  public LedgerPurchase {
    lines = List.copyOf(lines);
  }

  /** Leaves everything out. */
  @Override
  public String toString() {
    return "LedgerPurchase[…]";
  }
}
