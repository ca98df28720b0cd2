package org.tallykeep.customer.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.customer.index.Reindexed;
import org.tallykeep.customer.ledger.LedgerEvents;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.Keys;

/** Histories over a real database, for the tests of others. */
public final class HistoriesFixture {

  public final HistoryTraits traits;

  /** How they are erased. */
  public final HistoryErasure erasure;

  /** What a renewal moves of them. */
  public final HistoryRenewal renewal;

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
    this.renewal = aggregates.renewal;
  }

  /** Of a ledger that somebody else fills. */
  public HistoriesFixture(FaultyDatabase database, Keys keys, LedgerEvents events) {
    this.ledger = null;
    this.aggregates = new TestAggregates(database, keys, events);
    this.traits = aggregates.traits;
    this.erasure = aggregates.erasure;
    this.renewal = aggregates.renewal;
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

  /** One turn, as the aggregator's. */
  public int countSome() {
    return aggregates.countAll();
  }

  /** What a rotation of the index key moves of them. */
  public Reindexed reindexed() {
    return aggregates.reindexed;
  }

  public Map<UUID, BasketHistory> baskets() {
    return aggregates.baskets();
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

  /** Where aggregates are not what the ledger gives. */
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      aggregates.verification.verify(shard).findings().forEach(each -> findings.add("" + each));
    }
    return findings;
  }

  /** Whether every manifest accounts for exactly the rows there are. */
  public boolean manifestsHold() {
    return aggregates.manifestsHold();
  }
}
