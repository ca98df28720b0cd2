package org.tallykeep.aggregates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for any purchases in any order. */
class AggregateLawsTest {

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPurchaseHistoryIsTheSameBytesInAnyOrderAndGrouping(int seed) {
    Random random = new Random(seed);
    List<PurchaseHistory.Day> purchases = new ArrayList<>();
    for (int i = random.nextInt(60); i >= 0; i--) {
      purchases.add(
          new PurchaseHistory.Day(
              random.nextInt(40), 1, random.nextLong(100_000), random.nextLong(500)));
    }
    byte[] atOnce = PurchaseHistory.EMPTY.plus(purchases).encode();
    Collections.shuffle(purchases, random);
    PurchaseHistory piecemeal = PurchaseHistory.EMPTY;
    for (int at = 0; at < purchases.size(); ) {
      int end = Math.min(purchases.size(), at + 1 + random.nextInt(5));
      piecemeal = PurchaseHistory.decode(piecemeal.plus(purchases.subList(at, end)).encode());
      at = end;
    }
    assertThat(piecemeal.encode()).isEqualTo(atOnce);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aBasketHistoryIsTheSameBytesInAnyOrderAndTakesAnOrderOnce(int seed) {
    Random random = new Random(seed);
    List<BasketHistory.Order> orders = new ArrayList<>();
    for (int i = random.nextInt(30); i >= 0; i--) {
      orders.add(order(random));
    }
    byte[] atOnce = BasketHistory.EMPTY.plus(orders).encode();
    List<BasketHistory.Order> again = new ArrayList<>(orders);
    again.addAll(orders);
    Collections.shuffle(again, random);
    BasketHistory piecemeal = BasketHistory.EMPTY;
    for (BasketHistory.Order order : again) {
      piecemeal = BasketHistory.decode(piecemeal.plus(List.of(order)).encode());
    }
    assertThat(piecemeal.encode()).isEqualTo(atOnce);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aSalesSeriesLosesWhatIsTakenBackToTheLastBit(int seed) {
    Random random = new Random(seed);
    SalesSeries before =
        new SalesSeries(SalesSeries.Level.PRODUCT, "p", List.of()).plus(days(random));
    Map<Integer, SalesSeries.Day> more = days(random);
    Map<Integer, SalesSeries.Day> back = new HashMap<>();
    more.forEach((day, figures) -> back.put(day, new SalesSeries.Day(day, 0, 0, 0).minus(figures)));
    assertThat(before.plus(more).plus(back).encode()).isEqualTo(before.encode());
  }

  private static Map<Integer, SalesSeries.Day> days(Random random) {
    Map<Integer, SalesSeries.Day> days = new HashMap<>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      int day = random.nextInt(30);
      days.put(day, new SalesSeries.Day(day, 1 + random.nextInt(9), random.nextInt(999), 1));
    }
    return days;
  }

  private static BasketHistory.Order order(Random random) {
    List<BasketHistory.Line> lines = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      Product product =
          new Product("p" + random.nextInt(9), random.nextBoolean() ? "c" : null, null);
      lines.add(new BasketHistory.Line(product, random.nextInt(5), random.nextInt(5000)));
    }
    return new BasketHistory.Order(
        new UUID(random.nextLong(), random.nextLong()), random.nextInt(20), lines);
  }
}
