package org.tallykeep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.simulator.RetailerParameters.Behaviour;

/**
 * The process shows in the data: laws of large numbers on fixed seeds, so nothing here is flaky.
 */
final class BuyingTest {

  private static final List<Household> HOUSEHOLDS =
      Retailers.sample(11, 4_000).households().toList();

  @Test
  void householdsBuyAPlausibleNumberOfTimesAndVeryUnequally() {
    int[] counts = HOUSEHOLDS.stream().mapToInt(h -> h.purchases().size()).sorted().toArray();

    assertThat(counts[0]).isEqualTo(1);
    assertThat(IntStream.of(counts).average().orElseThrow()).isBetween(5.0, 14.0);
    long topFifth = IntStream.of(counts).skip(3_200).asLongStream().sum();
    assertThat((double) topFifth / IntStream.of(counts).sum()).isBetween(0.5, 0.85);
  }

  @Test
  void someHouseholdsLeaveAndWithoutDropoutTheyStay() {
    Behaviour ordinary = Behaviour.ordinary();
    Behaviour loyal = new Behaviour(ordinary.purchasesPerYear(), 5, 1e-6, 100, 1, 3, 0, 3);
    RetailerParameters parameters = RetailerParameters.sample(11, 1_000, Retailers.START, 730);
    LocalDate lastHalfYear = Retailers.START.plusDays(730 - 182);

    double leaving = shareBuyingAfter(lastHalfYear, Retailers.sample(11, 1_000));
    double staying = shareBuyingAfter(lastHalfYear, Retailer.of(parameters.withBehaviour(loyal)));

    assertThat(leaving).isBetween(0.25, 0.75);
    assertThat(staying).isGreaterThan(0.9);
  }

  @Test
  void aLoyalRetailerSellsAtTheRateItWasGiven() {
    Behaviour loyal = new Behaviour(26, 4, 1e-6, 100, 1, 2, 0, 1);
    RetailerParameters parameters = RetailerParameters.sample(2, 1_500, Retailers.START, 730);

    long secondYear =
        Retailers.purchases(Retailer.of(parameters.withBehaviour(loyal)))
            .filter(p -> !p.day().isBefore(Retailers.START.plusDays(365)))
            .count();

    // The season's mean is a little above one: Christmas comes on top of it.
    assertThat(secondYear / 1_500.0).isCloseTo(26, within(2.5));
  }

  @Test
  void saturdaysAndTheWeeksBeforeChristmasAreBusy() {
    Map<DayOfWeek, Long> byWeekday =
        HOUSEHOLDS.stream()
            .flatMap(h -> h.purchases().stream())
            .collect(Collectors.groupingBy(p -> p.day().getDayOfWeek(), Collectors.counting()));
    double saturdays = byWeekday.getOrDefault(DayOfWeek.SATURDAY, 0L);
    double tuesdays = byWeekday.getOrDefault(DayOfWeek.TUESDAY, 0L);

    assertThat(saturdays / tuesdays).isBetween(1.5, 2.0);
    assertThat((double) between("2024-12-05", "2024-12-23"))
        .isGreaterThan(1.25 * between("2024-10-05", "2024-10-23"));
  }

  @Test
  void categoriesHaveSeasonsOfTheirOwn() {
    assertThat(linesOf("Sun care", 6, 7)).isGreaterThan(3 * linesOf("Sun care", 1, 2));
    assertThat(linesOf("Toys", 11, 12)).isGreaterThan(2 * linesOf("Toys", 5, 6));
  }

  @Test
  void aPromotionLiftsWhatItReduces() {
    double without = shareReduced(1);
    double with = shareReduced(4);

    assertThat(without).isBetween(0.03, 0.2);
    assertThat(with).isGreaterThan(1.4 * without);
  }

  @Test
  void householdsHaveTastes() {
    double sameCategory = 0;
    double otherCategory = 0;
    List<Household> buyers =
        HOUSEHOLDS.stream().filter(h -> h.purchases().size() >= 2).limit(1_000).toList();
    for (int i = 0; i < buyers.size(); i++) {
      List<Purchase> own = buyers.get(i).purchases();
      List<Purchase> others = buyers.get((i + 1) % buyers.size()).purchases();
      sameCategory += shared(own.getFirst(), own.getLast());
      otherCategory += shared(own.getFirst(), others.getLast());
    }

    assertThat(sameCategory).isGreaterThan(1.4 * otherCategory);
  }

  private static long shared(Purchase one, Purchase other) {
    var categories =
        one.lines().stream().map(l -> l.product().category()).collect(Collectors.toSet());
    return other.lines().stream()
        .map(l -> l.product().category())
        .filter(categories::contains)
        .distinct()
        .count();
  }

  private static double shareBuyingAfter(LocalDate day, Retailer retailer) {
    List<Household> early =
        retailer
            .households()
            .filter(h -> h.purchases().getFirst().day().isBefore(day.minusDays(182)))
            .toList();
    long later = early.stream().filter(h -> h.purchases().getLast().day().isAfter(day)).count();
    return (double) later / early.size();
  }

  private static long between(String from, String to) {
    LocalDate first = LocalDate.parse(from);
    LocalDate last = LocalDate.parse(to);
    return HOUSEHOLDS.stream()
        .flatMap(h -> h.purchases().stream())
        .filter(p -> !p.day().isBefore(first) && !p.day().isAfter(last))
        .count();
  }

  private static long linesOf(String category, int fromMonth, int toMonth) {
    return HOUSEHOLDS.stream()
        .flatMap(h -> h.purchases().stream())
        .filter(p -> p.day().getMonthValue() >= fromMonth && p.day().getMonthValue() <= toMonth)
        .flatMap(p -> p.lines().stream())
        .filter(l -> l.product().category().equals(category))
        .count();
  }

  private static double shareReduced(double lift) {
    Behaviour behaviour = new Behaviour(13, 0.9, 0.7, 8, 0.35, 3.2, 0, lift);
    RetailerParameters parameters = RetailerParameters.sample(11, 1_000, Retailers.START, 730);
    List<Line> lines =
        Retailers.purchases(Retailer.of(parameters.withBehaviour(behaviour)))
            .flatMap(p -> p.lines().stream())
            .toList();
    return (double) lines.stream().filter(l -> l.discountMinor() > 0).count() / lines.size();
  }
}
