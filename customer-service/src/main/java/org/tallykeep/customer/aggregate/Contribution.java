package org.tallykeep.customer.aggregate;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.aggregates.SalesSeries;

/**
 * What pseudonyms contribute to the sales series, as differences: the series of a shard are the sum
 * of the contributions of its basket histories, whatever way the histories came about.
 */
final class Contribution {

  private final Map<SeriesKey, Map<Integer, SalesSeries.Day>> differences = new HashMap<>();

  /**
   * Adds what one pseudonym's change means.
   *
   * @param days the only days on which the histories differ
   */
  void change(BasketHistory before, BasketHistory after, Set<Integer> days) {
    of(after, days).forEach((key, byDay) -> byDay.forEach((day, figures) -> add(key, figures)));
    of(before, days)
        .forEach(
            (key, byDay) ->
                byDay.forEach(
                    (day, figures) -> add(key, new SalesSeries.Day(day, 0, 0, 0).minus(figures))));
  }

  /** Differences by day of each series that changed. */
  Map<SeriesKey, Map<Integer, SalesSeries.Day>> differences() {
    return differences;
  }

  private void add(SeriesKey key, SalesSeries.Day figures) {
    differences
        .computeIfAbsent(key, absent -> new HashMap<>())
        .merge(figures.epochDay(), figures, SalesSeries.Day::plus);
  }

  private static Map<SeriesKey, Map<Integer, SalesSeries.Day>> of(
      BasketHistory history, Set<Integer> days) {
    Map<SeriesKey, Map<Integer, SalesSeries.Day>> contribution = new HashMap<>();
    for (BasketHistory.Order order : history.orders()) {
      if (days.contains(order.epochDay())) {
        int year = LocalDate.ofEpochDay(order.epochDay()).getYear();
        for (BasketHistory.Line line : order.lines()) {
          // Who gives something back does not buy it.
          int buyers = line.units() < 0 ? 0 : 1;
          SalesSeries.Day figures =
              new SalesSeries.Day(order.epochDay(), line.units(), line.salesMinor(), buyers);
          put(contribution, SalesSeries.Level.PRODUCT, line.product().code(), year, figures);
          put(contribution, SalesSeries.Level.CATEGORY, line.product().category(), year, figures);
          put(
              contribution,
              SalesSeries.Level.DEPARTMENT,
              line.product().department(),
              year,
              figures);
        }
      }
    }
    return contribution;
  }

  private static void put(
      Map<SeriesKey, Map<Integer, SalesSeries.Day>> contribution,
      SalesSeries.Level level,
      @Nullable String name,
      int year,
      SalesSeries.Day figures) {
    if (name != null) {
      contribution
          .computeIfAbsent(new SeriesKey(level, name, year), absent -> new HashMap<>())
          .merge(figures.epochDay(), figures, Contribution::sameBuyer);
    }
  }

  /** Several lines of one pseudonym on one day are one buyer. */
  private static SalesSeries.Day sameBuyer(SalesSeries.Day one, SalesSeries.Day other) {
    return new SalesSeries.Day(
        one.epochDay(),
        Math.addExact(one.units(), other.units()),
        Math.addExact(one.salesMinor(), other.salesMinor()),
        Math.max(one.buyers(), other.buyers()));
  }
}
