package org.tallykeep.customer.aggregate;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.customer.ledger.LedgerEvents;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.Keys;

/** Histories over a real database, for the tests of others. */
public final class HistoriesFixture {

  private final TestAggregates aggregates;

  /** How they are erased. */
  public final HistoryErasure erasure;

  public HistoriesFixture(FaultyDatabase database, Keys keys, LedgerEvents ledger) {
    this.aggregates = new TestAggregates(database, keys, ledger);
    this.erasure = aggregates.erasure;
  }

  /** Counts all that waits. */
  public void count() {
    aggregates.countUntilNothingWaits();
  }

  /** What is in every row, by dataset and id. */
  public Map<String, String> payloads() {
    return aggregates.payloads();
  }

  public Optional<PurchaseHistory> days(UUID purchaser) {
    return Optional.ofNullable(aggregates.days().get(purchaser));
  }

  public Optional<BasketHistory> baskets(UUID purchaser) {
    return Optional.ofNullable(aggregates.baskets().get(purchaser));
  }

  /** By level, name and day. */
  public Map<String, SalesSeries.Day> series() {
    return aggregates.series();
  }

  /** Whether every manifest accounts for exactly the rows there are. */
  public boolean manifestsHold() {
    return aggregates.manifestsHold();
  }
}
