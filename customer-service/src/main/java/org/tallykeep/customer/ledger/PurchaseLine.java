package org.tallykeep.customer.ledger;

import org.tallykeep.aggregates.Product;

/**
 * One line of a purchase.
 *
 * @param product what
 * @param units how many
 * @param amountMinor what was paid for the line, in minor units
 * @param discountMinor what was given away, in minor units
 */
public record PurchaseLine(Product product, int units, long amountMinor, long discountMinor) {
  /** Leaves everything out. */
  @Override
  public String toString() {
    return "PurchaseLine[…]";
  }
}
