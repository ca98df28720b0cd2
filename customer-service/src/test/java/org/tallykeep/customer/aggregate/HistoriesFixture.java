package org.tallykeep.customer.aggregate;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.customer.ledger.LedgerEvents;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.Keys;

/** Histories over a real database, for the tests of others. */
public final class HistoriesFixture {

  public final HistoryTraits traits;

  /** How they are erased. */
  public final HistoryErasure erasure;

  private final @Nullable TestLedger ledger;
  private final TestAggregates aggregates;

  /** Of a ledger of their own. */
  public HistoriesFixture(FaultyDatabase database, Keys keys) {
    this(database, keys, new TestLedger(database, keys));
  }

  private HistoriesFixture(FaultyDatabase database, Keys keys, TestLedger ledger) {
    this.ledger = ledger;
    this.aggregates = new TestAggregates(database, keys, ledger.events());
    this.traits = aggregates.traits;
    this.erasure = aggregates.erasure;
  }

  /** Of a ledger that somebody else fills. */
  public HistoriesFixture(FaultyDatabase database, Keys keys, LedgerEvents events) {
    this.ledger = null;
    this.aggregates = new TestAggregates(database, keys, events);
    this.traits = aggregates.traits;
    this.erasure = aggregates.erasure;
  }

  /** Has each of these pseudonyms buy something, once. */
  public void buy(Iterable<UUID> pseudonyms) {
    if (ledger == null) {
      throw new IllegalStateException("somebody else fills the ledger");
    }
    pseudonyms.forEach(ledger::takeOf);
    count();
  }

  /** Counts all that waits. */
  public void count() {
    aggregates.countUntilNothingWaits();
  }

  /** All of them, opened. */
  public Map<UUID, PurchaseHistory> days() {
    return aggregates.days();
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
