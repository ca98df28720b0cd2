package org.tallykeep.customer.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.RevisionCursor;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.aggregates.ShardManifest;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.ledger.TestLedger.Sale;
import org.tallykeep.customer.platform.DatabaseException;
import org.tallykeep.customer.platform.DatasetKeys;
import org.tallykeep.customer.platform.FaultyDatabase;

class AggregationTest {

  private final FaultyDatabase database = FaultyDatabase.fresh();
  private final DatasetKeys keys = new DatasetKeys();
  private final TestLedger ledger = new TestLedger(database, keys);
  private final TestAggregates aggregates = new TestAggregates(database, keys, ledger.events());

  @Test
  void everyPurchaseIsCountedOnceWhereverCountingDies() {
    List<Sale> sales = sales(7, 120, 4);
    int taken = 0;
    boolean failed = true;
    for (int step = 0; failed || taken < sales.size(); step++) {
      int more = Math.min(sales.size(), taken + 3);
      ledger.take(sales.subList(taken, more));
      taken = more;
      database.failAt(step % 60);
      try {
        aggregates.countAll();
        failed = !database.stillToFail();
      } catch (DatabaseException e) {
        failed = true;
      }
    }
    aggregates.countAll();
    assertThat(database.number("SELECT count(*) FROM purchase_pending")).isZero();
    assertAllCounted(sales);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theOrderOfArrivalChangesNothing(int seed) {
    List<Sale> sales = sales(seed, 200, 12);
    Random random = new Random(seed);
    Collections.shuffle(sales, random);
    for (int at = 0; at < sales.size(); ) {
      int end = Math.min(sales.size(), at + 1 + random.nextInt(70));
      ledger.take(sales.subList(at, end));
      if (random.nextBoolean()) {
        aggregates.countAll();
      }
      at = end;
    }
    aggregates.countAll();
    assertAllCounted(sales);
  }

  @Test
  void replicasThatCountAtTheSameTimeCountEverythingOnce() throws Exception {
    TestAggregates other = new TestAggregates(database, keys, ledger.events());
    List<Sale> sales = sales(5, 600, 40);
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> all = new ArrayList<>();
      all.add(
          threads.submit(
              () -> {
                for (int at = 0; at < sales.size(); at += 50) {
                  ledger.take(sales.subList(at, at + 50));
                }
              }));
      for (TestAggregates replica : List.of(aggregates, other)) {
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 10; i++) {
                    replica.countAll();
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    aggregates.countAll();
    assertAllCounted(sales);
  }

  @Test
  void aPseudonymMadeAnewFromItsEventsIsWhatItWas() {
    List<Sale> sales = sales(9, 150, 6);
    ledger.take(sales.subList(0, 100));
    aggregates.countAll();
    ledger.take(sales.subList(100, 150));
    aggregates.rebuild(TestLedger.purchaser("h-3"));
    aggregates.countAll();
    assertAllCounted(sales);
    aggregates.rebuild(TestLedger.purchaser("h-3"));
    assertAllCounted(sales);
  }

  @Test
  void aPseudonymWhoseEventsAreGoneLeavesNoRowAndNoSales() {
    List<Sale> sales = sales(10, 80, 4);
    ledger.take(sales);
    aggregates.countAll();
    UUID gone = TestLedger.purchaser("h-2");
    database.execute("DELETE FROM purchase WHERE purchaser_id = ?", gone);
    aggregates.rebuild(gone);
    assertAllCounted(sales.stream().filter(sale -> !sale.externalId().equals("h-2")).toList());
  }

  @Test
  void theRewriteLeavesNoOrderBehindAndEveryFigureAsItWas() throws IOException {
    List<Sale> sales = sales(11, 400, 150);
    for (int at = 0; at < sales.size(); at += 40) {
      ledger.take(sales.subList(at, at + 40));
      aggregates.countAll();
    }
    RevisionCursor before = aggregates.export(RevisionCursor.START).header().cursor();
    database.transactions().run(aggregates::rewrite);
    assertAllCounted(sales);
    for (Dataset dataset : Dataset.values()) {
      assertThat(database.number("SELECT count(DISTINCT xmin::text) FROM " + dataset.kind()))
          .isEqualTo(1);
      // In any other order half of the rows would come after a greater one. A small row may still
      // fill a gap on an earlier page.
      assertThat(
              database.number(
                  "SELECT count(*) FROM (SELECT id, lag(id) OVER (ORDER BY ctid) AS before FROM "
                      + dataset.kind()
                      + ") o WHERE before > id"))
          .isLessThanOrEqualTo(database.number("SELECT count(*) FROM " + dataset.kind()) / 20 + 1);
    }
    TestAggregates.Export newer = aggregates.export(before);
    assertThat(newer.rows()).as("all rows are newer than all before").hasSize(150);
    ledger.take(List.of(new Sale("later", "h-1", 10_000, "a0", 1)));
    aggregates.countAll();
    assertThat(aggregates.export(newer.header().cursor()).rows())
        .containsOnlyKeys(TestLedger.purchaser("h-1"));
  }

  @Test
  void theRewriteCoversUpNothing() {
    ledger.take(sales(12, 50, 9));
    aggregates.countAll();
    UUID two = TestLedger.purchaser("h-2");
    database.execute("DELETE FROM purchase_history WHERE id = ?", two);
    assertThat(aggregates.manifestsHold()).isFalse();
    assertThatThrownBy(() -> database.transactions().run(aggregates::rewrite))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("manifest");
    assertThat(database.number("SELECT count(*) FROM purchase_history")).isEqualTo(8);
  }

  @Test
  void theStreamHoldsAllThenOnlyWhatIsNewerAndItsManifestsAccountForIt() throws IOException {
    assertThat(aggregates.export(RevisionCursor.START).rows()).isEmpty();
    ledger.take(sales(13, 100, 30));
    aggregates.countAll();
    TestAggregates.Export first = aggregates.export(RevisionCursor.START);
    assertThat(first.rows().keySet()).isEqualTo(aggregates.days().keySet());
    assertThat(first.header().manifests())
        .extracting(ShardManifest::count)
        .satisfies(counts -> assertThat(counts.stream().mapToLong(c -> c).sum()).isEqualTo(30))
        .hasSize(64);
    assertThat(first.header().manifests())
        .allMatch(m -> m.isSignedBy(TestAggregates.publicKey(first.header().publicKey())));
    assertThat(aggregates.export(first.header().cursor()).rows()).isEmpty();
    ledger.take(List.of(new Sale("new", "h-5", 10_000, "a", 1)));
    aggregates.countAll();
    assertThat(aggregates.export(first.header().cursor()).rows())
        .containsOnlyKeys(TestLedger.purchaser("h-5"));
  }

  private static List<Sale> sales(int seed, int count, int buyers) {
    Random random = new Random(seed);
    List<Sale> sales = new ArrayList<>();
    for (int i = 0; i < buyers; i++) {
      sales.add(new Sale("first-" + i, "h-" + i, 10_000 + i, "a0", i));
    }
    for (int i = buyers; i < count; i++) {
      sales.add(TestLedger.randomSale("s-" + i, random, buyers));
    }
    return sales;
  }

  private void assertAllCounted(List<Sale> sales) {
    Map<UUID, List<Sale>> byBuyer =
        sales.stream().collect(Collectors.groupingBy(s -> TestLedger.purchaser(s.externalId())));
    Map<UUID, PurchaseHistory> expected = new TreeMap<>();
    byBuyer.forEach(
        (buyer, bought) ->
            expected.put(
                buyer,
                PurchaseHistory.EMPTY.plus(
                    bought.stream()
                        .map(s -> new PurchaseHistory.Day(s.day(), 1, s.amount(), 1))
                        .toList())));
    assertThat(aggregates.days()).isEqualTo(expected);
    Map<UUID, BasketHistory> baskets = aggregates.baskets();
    assertThat(baskets.keySet()).isEqualTo(expected.keySet());
    assertThat(baskets.values().stream().mapToInt(b -> b.orders().size()).sum())
        .isEqualTo(sales.size());
    assertThat(aggregates.series()).isEqualTo(expectedSeries(sales));
    assertThat(aggregates.manifestsHold()).isTrue();
  }

  private static Map<String, SalesSeries.Day> expectedSeries(List<Sale> sales) {
    Map<String, SalesSeries.Day> perBuyer = new HashMap<>();
    for (Sale sale : sales) {
      for (String name :
          Arrays.asList(
              "PRODUCT " + sale.product(),
              "CATEGORY c" + sale.product().charAt(0),
              "DEPARTMENT d")) {
        perBuyer.merge(
            name + " " + sale.day() + "@" + sale.externalId(),
            new SalesSeries.Day(sale.day(), 2, sale.amount(), 1),
            (a, b) ->
                new SalesSeries.Day(
                    a.epochDay(), a.units() + b.units(), a.salesMinor() + b.salesMinor(), 1));
      }
    }
    Map<String, SalesSeries.Day> all = new TreeMap<>();
    perBuyer.forEach(
        (name, day) -> all.merge(name.substring(0, name.indexOf('@')), day, SalesSeries.Day::plus));
    return all;
  }
}
