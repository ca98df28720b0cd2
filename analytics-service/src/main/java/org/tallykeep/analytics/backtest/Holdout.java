package org.tallykeep.analytics.backtest;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.tallykeep.analytics.histories.Histories;
import org.tallykeep.analytics.model.Horizon;
import org.tallykeep.models.BuyingStatistics;
import org.tallykeep.models.PurchaseDays;
import org.tallykeep.models.PurchaseModel;

/**
 * What customers did before a day and after it. Equal cases are counted once and kept in order, so
 * every sum over them has the same digits whatever order the histories are in.
 */
final class Holdout {

  private final TreeMap<Case, Long> cases = new TreeMap<>();
  private long customers;
  private long actual;

  private record Case(int frequency, double recency, double age, int came)
      implements Comparable<Case> {
    @Override
    public int compareTo(Case other) {
      int order = Integer.compare(frequency, other.frequency);
      order = order != 0 ? order : Double.compare(recency, other.recency);
      order = order != 0 ? order : Double.compare(age, other.age);
      return order != 0 ? order : Integer.compare(came, other.came);
    }

    BuyingStatistics statistics() {
      return new BuyingStatistics(frequency, recency, age);
    }
  }

  /** How far a model was off. */
  record Errors(double predicted, double absolute, double squared) {}

  static Holdout of(Histories histories, LocalDate until, Horizon horizon) {
    Holdout holdout = new Holdout();
    int cut = (int) until.toEpochDay();
    int[] days = histories.days();
    for (int i = 0; i < histories.size(); i++) {
      int from = histories.from(i);
      int to = histories.to(i);
      if (PurchaseDays.endOfCalibration(days, from, to, cut) > from) {
        BuyingStatistics before = PurchaseDays.statistics(days, from, to, cut);
        int came = PurchaseDays.countAfter(days, from, to, cut, horizon.days());
        holdout.cases.merge(
            new Case(before.frequency(), before.recency(), before.age(), came), 1L, Long::sum);
        holdout.customers++;
        holdout.actual += came;
      }
    }
    return holdout;
  }

  long customers() {
    return customers;
  }

  long actual() {
    return actual;
  }

  Errors errors(PurchaseModel model, Horizon horizon) {
    double predicted = 0;
    double absolute = 0;
    double squared = 0;
    for (Map.Entry<Case, Long> entry : cases.entrySet()) {
      double expected = model.expectedPurchases(entry.getKey().statistics(), horizon.weeks());
      double off = expected - entry.getKey().came();
      long count = entry.getValue();
      predicted += count * expected;
      absolute += count * Math.abs(off);
      squared += count * (off * off);
    }
    return new Errors(predicted, absolute, squared);
  }
}
