package org.tallykeep.customer.aggregate;

import java.util.Map;
import java.util.UUID;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.Keys;

/** Histories over a real database, for the tests of others. */
public final class HistoriesFixture {

  public final HistoryTraits traits;
  private final TestLedger ledger;
  private final TestAggregates aggregates;

  public HistoriesFixture(FaultyDatabase database, Keys keys) {
    this.ledger = new TestLedger(database, keys);
    this.aggregates = new TestAggregates(database, keys, ledger.events());
    this.traits = aggregates.traits;
  }

  /** Has each of these pseudonyms buy something, once. */
  public void buy(Iterable<UUID> pseudonyms) {
    pseudonyms.forEach(ledger::takeOf);
    aggregates.countUntilNothingWaits();
  }

  /** All of them, opened. */
  public Map<UUID, PurchaseHistory> days() {
    return aggregates.days();
  }
}
