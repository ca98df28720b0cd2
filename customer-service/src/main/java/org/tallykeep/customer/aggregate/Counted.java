package org.tallykeep.customer.aggregate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.Traits;
import org.tallykeep.customer.ledger.LedgerPurchase;
import org.tallykeep.customer.ledger.PurchaseLine;

/** Both histories of one pseudonym, which always hold the same orders. */
record Counted(PurchaseHistory days, BasketHistory baskets) {

  static final Counted NOTHING = new Counted(PurchaseHistory.EMPTY, BasketHistory.EMPTY);

  /** Nothing bought, and the same known of the person. */
  Counted withoutPurchases() {
    return NOTHING.with(days.traits());
  }

  /** The same purchases with other traits. */
  Counted with(Traits traits) {
    return new Counted(days.with(traits), baskets);
  }

  /** The same purchases under other ids. */
  static BasketHistory under(Map<UUID, UUID> purchases, BasketHistory baskets) {
    return BasketHistory.EMPTY.plus(
        baskets.orders().stream()
            .map(
                order ->
                    new BasketHistory.Order(
                        // Those of an opening balance are in no ledger any more.
                        purchases.getOrDefault(order.id(), UUID.randomUUID()),
                        order.epochDay(),
                        order.lines()))
            .toList());
  }

  /** Whether there is nothing to keep. */
  boolean isNothing() {
    return baskets.orders().isEmpty() && days.traits().equals(Traits.NONE);
  }

  /** With those purchases counted that are not in here yet. */
  Counted plus(Collection<LedgerPurchase> purchases) {
    Set<UUID> seen = new HashSet<>();
    baskets.orders().forEach(order -> seen.add(order.id()));
    List<PurchaseHistory.Day> moreDays = new ArrayList<>();
    List<BasketHistory.Order> moreOrders = new ArrayList<>();
    for (LedgerPurchase purchase : purchases) {
      // An event without lines only takes another one back.
      if (!purchase.lines().isEmpty() && seen.add(purchase.id())) {
        moreDays.add(day(purchase));
        moreOrders.add(order(purchase));
      }
    }
    return new Counted(days.plus(moreDays), baskets.plus(moreOrders));
  }

  private static PurchaseHistory.Day day(LedgerPurchase purchase) {
    long total = 0;
    long discount = 0;
    for (PurchaseLine line : purchase.lines()) {
      total = Math.addExact(total, line.amountMinor());
      discount = Math.addExact(discount, line.discountMinor());
    }
    return purchase.isReturn()
        ? new PurchaseHistory.Day(purchase.epochDay(), 0, -total, -discount)
        : new PurchaseHistory.Day(purchase.epochDay(), 1, total, discount);
  }

  private static BasketHistory.Order order(LedgerPurchase purchase) {
    int sign = purchase.isReturn() ? -1 : 1;
    List<BasketHistory.Line> lines =
        purchase.lines().stream()
            .map(
                line ->
                    new BasketHistory.Line(
                        line.product(), sign * line.units(), sign * line.amountMinor()))
            .toList();
    return new BasketHistory.Order(purchase.id(), purchase.epochDay(), lines);
  }
}
