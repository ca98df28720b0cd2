package org.tallykeep.customer.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.ledger.TestLedger.Sale;
import org.tallykeep.customer.platform.DatabaseException;
import org.tallykeep.customer.platform.DatasetKeys;
import org.tallykeep.customer.platform.FaultyDatabase;

/** The ids of sales series while the index key is turned over. */
class SeriesReindexingTest {

  private final FaultyDatabase database = FaultyDatabase.fresh();
  private final DatasetKeys keys = new DatasetKeys();
  private final TestLedger ledger = new TestLedger(database, keys);
  private final TestAggregates aggregates = new TestAggregates(database, keys, ledger.events());

  @Test
  void everySeriesGetsAnotherIdAndKeepsItsFigures() {
    ledger.take(sales("before", 300));
    aggregates.countUntilNothingWaits();
    Map<String, SalesSeries.Day> before = aggregates.series();
    Set<UUID> idsBefore = ids();
    keys.indexVersions().make(2);

    rotate();

    assertThat(keys.indexVersions().isLive(1)).isFalse();
    assertThat(aggregates.series()).isEqualTo(before);
    assertThat(ids()).hasSameSizeAs(idsBefore).doesNotContainAnyElementsOf(idsBefore);
    assertThat(aggregates.manifestsHold()).isTrue();
  }

  @Test
  void whereverItDiesWhatIsCountedMeanwhileIsCountedOnce() {
    List<Sale> sales = sales("s", 120);
    TestAggregates undisturbed = undisturbed(sales);
    ledger.take(sales.subList(0, 60));
    aggregates.countUntilNothingWaits();
    keys.indexVersions().make(2);
    int taken = 60;
    for (int step = 5; keys.indexVersions().isLive(1); step += 41) {
      database.failAt(step);
      try {
        rotate();
      } catch (DatabaseException e) {
        // The next turn goes on.
      }
      database.stillToFail();
      int more = Math.min(sales.size(), taken + 10);
      ledger.take(sales.subList(taken, more));
      taken = more;
      aggregates.countUntilNothingWaits();
      assertThat(aggregates.manifestsHold()).isTrue();
    }
    ledger.take(sales.subList(taken, sales.size()));
    aggregates.countUntilNothingWaits();

    assertThat(aggregates.series()).isEqualTo(undisturbed.series());
    assertThat(database.number("SELECT count(*) FROM series_version WHERE version = 2"))
        .isEqualTo(64);
  }

  @Test
  void aRotationOfADatabaseWithoutAnythingInItEnds() {
    keys.indexVersions().make(2);

    rotate();

    assertThat(keys.indexVersions().isLive(1)).isFalse();
    ledger.take(sales("after", 20));
    aggregates.countUntilNothingWaits();
    assertThat(aggregates.manifestsHold()).isTrue();
  }

  private TestAggregates undisturbed(List<Sale> sales) {
    FaultyDatabase other = FaultyDatabase.fresh();
    DatasetKeys otherKeys = new DatasetKeys();
    TestLedger otherLedger = new TestLedger(other, otherKeys);
    TestAggregates counted = new TestAggregates(other, otherKeys, otherLedger.events());
    otherLedger.take(sales);
    counted.countUntilNothingWaits();
    return counted;
  }

  private void rotate() {
    IndexFixture.rotation(
            database.transactions(),
            ledger.index(),
            List.of(ledger.reindexed(), aggregates.reindexed),
            keys.indexVersions(),
            2)
        .run();
  }

  private Set<UUID> ids() {
    return aggregates.rows(Dataset.SALES_SERIES).stream()
        .map(SealedRow::id)
        .collect(Collectors.toSet());
  }

  private static List<Sale> sales(String name, int count) {
    List<Sale> sales = new ArrayList<>();
    Random random = new Random(11);
    for (int i = 0; i < count; i++) {
      sales.add(TestLedger.randomSale(name + "-" + i, random, 30));
    }
    return sales;
  }
}
