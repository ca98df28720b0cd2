package org.tallykeep.customer.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.ledger.TestLedger.Happening;
import org.tallykeep.customer.ledger.TestLedger.Sale;
import org.tallykeep.customer.platform.DatabaseException;
import org.tallykeep.customer.platform.DatasetKeys;
import org.tallykeep.customer.platform.FaultyDatabase;

/** Returns and corrections, beside a plain recomputation from the events that count. */
class CorrectionsTest {

  private final FaultyDatabase database = FaultyDatabase.fresh();
  private final DatasetKeys keys = new DatasetKeys();
  private final TestLedger ledger = new TestLedger(database, keys);
  private final TestAggregates aggregates = new TestAggregates(database, keys, ledger.events());

  @Test
  void twoHundredStreamsEndAsAPlainRecomputationDoesInWhateverOrderTheyCome() {
    Map<UUID, PurchaseHistory> days = new TreeMap<>();
    Map<String, SalesSeries.Day> series = new TreeMap<>();
    for (int seed = 0; seed < 200; seed++) {
      List<Happening> events = stream(seed);
      send(events, new Random(seed));
      Recomputed expected = new Recomputed(events);
      days.putAll(expected.days());
      expected.series().forEach((name, day) -> series.merge(name, day, SalesSeries.Day::plus));
    }
    aggregates.countUntilNothingWaits();
    series.values().removeIf(SalesSeries.Day::isNothing);
    assertThat(aggregates.days()).isEqualTo(days);
    assertThat(aggregates.baskets().keySet()).isEqualTo(days.keySet());
    assertThat(aggregates.series()).isEqualTo(series);
    assertThat(aggregates.manifestsHold()).isTrue();
    assertThat(database.number("SELECT count(*) FROM purchaser_rebuild")).isZero();
  }

  @Test
  void whereverItDiesTheNextTurnEndsAsIfTheWrongOneHadNeverBeen() {
    List<Happening> events = stream(4711);
    int taken = 0;
    boolean failed = true;
    for (int step = 0; failed || taken < events.size(); step++) {
      int more = Math.min(events.size(), taken + 4);
      ledger.takeHappenings(events.subList(taken, more));
      taken = more;
      database.failAt(step % 70);
      try {
        aggregates.countUntilNothingWaits();
        failed = !database.stillToFail();
      } catch (DatabaseException e) {
        failed = true;
      }
    }
    aggregates.countUntilNothingWaits();
    Recomputed expected = new Recomputed(events);
    assertThat(aggregates.days()).isEqualTo(expected.days());
    assertThat(aggregates.series()).isEqualTo(expected.series());
    assertThat(aggregates.manifestsHold()).isTrue();
  }

  @Test
  void aWrongEventAndItsCorrectionThatComeAtTheSameTimeDoNotMissEachOther() throws Exception {
    int pairs = 60;
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> sent = new ArrayList<>();
      sent.add(
          threads.submit(
              () -> {
                for (int i = 0; i < pairs; i++) {
                  ledger.takeHappenings(List.of(bought("e-" + i, "h-" + i % 7, 100)));
                }
              }));
      sent.add(
          threads.submit(
              () -> {
                for (int i = 0; i < pairs; i++) {
                  ledger.takeHappenings(List.of(corrects("c-" + i, "e-" + i, 1)));
                }
              }));
      sent.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 30; i++) {
                  aggregates.countAll();
                }
              }));
      for (Future<?> one : sent) {
        one.get();
      }
    }
    aggregates.countUntilNothingWaits();
    assertThat(aggregates.days()).containsOnlyKeys(TestLedger.purchaser("h-1"));
    assertThat(daysOf("h-1")).containsExactly(new PurchaseHistory.Day(10_000, pairs, pairs, pairs));
    assertThat(aggregates.manifestsHold()).isTrue();
  }

  @Test
  void anEventHasOneCorrectionAndThatOneMayBeCorrected() {
    Happening wrong = bought("e", "h-1", 100);
    assertThat(ledger.takeHappenings(List.of(wrong, corrects("c-1", "e", 200))))
        .allMatch(answer -> answer instanceof RowAnswer.Accepted);
    Happening second = corrects("c-2", "e", 300);
    Happening ofTheFirst = corrects("c-3", "c-1", 400);
    List<RowAnswer> answers = ledger.takeHappenings(List.of(second, second, ofTheFirst));
    assertThat(answers.get(0))
        .isInstanceOfSatisfying(
            RowAnswer.Conflict.class,
            conflict -> assertThat(conflict.code()).isEqualTo("corrected-before"));
    assertThat(answers.get(1)).isEqualTo(answers.get(0));
    assertThat(answers.get(2)).isInstanceOf(RowAnswer.Accepted.class);
    assertThat(ledger.takeHappenings(List.of(ofTheFirst, second)))
        .extracting(Object::getClass)
        .containsExactly(RowAnswer.Duplicate.class, RowAnswer.Conflict.class);
    aggregates.countUntilNothingWaits();
    assertThat(daysOf("h-1")).containsExactly(new PurchaseHistory.Day(10_000, 1, 400, 1));
  }

  @Test
  void aCorrectionToAnotherBuyerLeavesNothingOfTheWrongOne() {
    ledger.takeHappenings(List.of(bought("e", "h-1", 100)));
    aggregates.countUntilNothingWaits();
    ledger.takeHappenings(
        List.of(new Happening(new Sale("c", "h-2", 10_000, "a0", 100), false, "e", false)));
    aggregates.countUntilNothingWaits();
    assertThat(aggregates.days()).containsOnlyKeys(TestLedger.purchaser("h-2"));
    assertThat(aggregates.baskets()).containsOnlyKeys(TestLedger.purchaser("h-2"));
  }

  @Test
  void correctionsAreKnownAfterTheIndexKeyWasTurnedOver() {
    ledger.takeHappenings(List.of(corrects("c-1", "late", 200)));
    keys.indexVersions().make(2);
    IndexFixture.rotation(
            database.transactions(),
            ledger.index(),
            List.of(ledger.reindexed(), ledger.reindexedCorrections()),
            keys.indexVersions(),
            2)
        .run();
    assertThat(
            database.number(
                "SELECT count(*) FROM purchase_correction WHERE tag_a IS NULL AND version_b = 2"))
        .isEqualTo(1);
    ledger.takeHappenings(List.of(bought("late", "h-1", 100)));
    aggregates.countUntilNothingWaits();
    assertThat(daysOf("h-1")).containsExactly(new PurchaseHistory.Day(10_000, 1, 200, 1));
  }

  private List<PurchaseHistory.Day> daysOf(String buyer) {
    return aggregates
        .days()
        .getOrDefault(TestLedger.purchaser(buyer), PurchaseHistory.EMPTY)
        .days();
  }

  private static Happening bought(String event, String buyer, long amount) {
    return new Happening(new Sale(event, buyer, 10_000, "a0", amount), false, null, false);
  }

  private static Happening corrects(String event, String corrected, long amount) {
    return new Happening(new Sale(event, "h-1", 10_000, "a0", amount), false, corrected, false);
  }

  /** Purchases, returns, corrections and corrections of those, in any order, some of them twice. */
  private static List<Happening> stream(int seed) {
    Random random = new Random(seed);
    List<Happening> events = new ArrayList<>();
    List<String> uncorrected = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String event = "e-" + seed + "-" + i;
      Sale drawn = TestLedger.randomSale(event, random, 4);
      Sale sale =
          new Sale(
              event,
              "s-" + seed + "-" + drawn.externalId(),
              10_000 + random.nextInt(5),
              drawn.product(),
              drawn.amount());
      boolean correction = !uncorrected.isEmpty() && random.nextInt(3) == 0;
      String corrected = correction ? uncorrected.remove(random.nextInt(uncorrected.size())) : null;
      boolean takesBack = correction && random.nextInt(3) == 0;
      events.add(new Happening(sale, !takesBack && random.nextInt(4) == 0, corrected, takesBack));
      uncorrected.add(event);
    }
    for (int i = 0; i < 6; i++) {
      events.add(events.get(random.nextInt(events.size())));
    }
    Collections.shuffle(events, random);
    return events;
  }

  private void send(List<Happening> events, Random random) {
    for (int at = 0; at < events.size(); ) {
      int end = Math.min(events.size(), at + 1 + random.nextInt(12));
      assertThat(ledger.takeHappenings(events.subList(at, end)))
          .noneMatch(answer -> answer instanceof RowAnswer.Conflict);
      if (random.nextInt(3) == 0) {
        aggregates.countAll();
      }
      at = end;
    }
  }

  /** What the events that count add up to, without anything of the service. */
  private record Recomputed(Map<UUID, PurchaseHistory> days, Map<String, SalesSeries.Day> series) {

    Recomputed(List<Happening> events) {
      this(new TreeMap<>(), new TreeMap<>());
      Set<String> corrected =
          events.stream()
              .map(Happening::corrects)
              .filter(Objects::nonNull)
              .collect(Collectors.toSet());
      Map<String, Happening> counting = new HashMap<>();
      events.stream()
          .filter(event -> !event.takesBack() && !corrected.contains(event.sale().event()))
          .forEach(event -> counting.put(event.sale().event(), event));
      counting.values().forEach(this::add);
      countBuyers(List.copyOf(counting.values()));
    }

    private void add(Happening event) {
      Sale sale = event.sale();
      int sign = event.isReturn() ? -1 : 1;
      PurchaseHistory.Day day =
          new PurchaseHistory.Day(sale.day(), event.isReturn() ? 0 : 1, sign * sale.amount(), sign);
      days.merge(
          TestLedger.purchaser(sale.externalId()),
          PurchaseHistory.EMPTY.plus(List.of(day)),
          (one, other) -> one.plus(other.days()));
      for (String name : names(sale)) {
        series.merge(
            name,
            new SalesSeries.Day(sale.day(), sign * 2L, sign * sale.amount(), 0),
            SalesSeries.Day::plus);
      }
    }

    private void countBuyers(List<Happening> counting) {
      counting.stream()
          .filter(event -> !event.isReturn())
          .flatMap(
              event ->
                  names(event.sale()).stream()
                      .map(name -> List.of(name, event.sale().externalId())))
          .distinct()
          .forEach(
              pair ->
                  series.computeIfPresent(
                      pair.getFirst(),
                      (name, day) -> day.plus(new SalesSeries.Day(day.epochDay(), 0, 0, 1))));
      series.values().removeIf(SalesSeries.Day::isNothing);
    }

    private static List<String> names(Sale sale) {
      return List.of(
          "PRODUCT " + sale.product() + " " + sale.day(),
          "CATEGORY c" + sale.product().charAt(0) + " " + sale.day(),
          "DEPARTMENT d " + sale.day());
    }
  }
}
