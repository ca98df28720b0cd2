package org.tallykeep.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.tallykeep.simulator.Assortment.Category;
import org.tallykeep.simulator.RandomStreams.Aspect;

/**
 * Which products are reduced when. Each category is promoted for a week or two, some five to eight
 * times a year, with about a third of its products at 10 to 35 % off.
 *
 * <p>A promoted product is {@code lift} times as likely to be chosen, which raises its category
 * against the others by as much as it gains: brand switching and category growth together, the two
 * larger parts of what Bell, Chiang and Padmanabhan (1999) find a promotion to be made of. Its
 * third, stockpiling, shows as more units a line.
 */
final class Promotions {

  /** Mean number of units beyond the first, of a product that is reduced and of one that is not. */
  static final double EXTRA_UNITS_REDUCED = 0.7;

  static final double EXTRA_UNITS = 0.25;

  /**
   * One category reduced for some days.
   *
   * @param firstDay days since the start of trading
   * @param lastDay the last on which it holds
   * @param percentOff whole percents
   * @param reduced by rank in the category
   * @param attraction factor on the weight of the category
   * @param cumulative running sum of the products' weights while it holds
   */
  record Promotion(
      int firstDay,
      int lastDay,
      int percentOff,
      boolean[] reduced,
      double attraction,
      double[] cumulative) {}

  private final List<List<Promotion>> byCategory;

  Promotions(RandomStreams streams, Assortment assortment, int days, double lift) {
    List<List<Promotion>> calendar = new ArrayList<>();
    for (Category category : assortment.categories()) {
      RandomGenerator random = streams.of(Aspect.PROMOTIONS, calendar.size(), 0);
      calendar.add(calendar(random, category.products().size(), days, lift));
    }
    byCategory = List.copyOf(calendar);
  }

  /** The promotion that holds for a category on a day since the start. */
  Optional<Promotion> on(int category, int day) {
    List<Promotion> calendar = byCategory.get(category);
    int low = 0;
    int high = calendar.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (calendar.get(middle).lastDay() < day) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < calendar.size() && calendar.get(low).firstDay() <= day
        ? Optional.of(calendar.get(low))
        : Optional.empty();
  }

  private static List<Promotion> calendar(
      RandomGenerator random, int products, int days, double lift) {
    List<Promotion> calendar = new ArrayList<>();
    int day = (int) (random.nextDouble() * 60);
    while (day < days) {
      int length = random.nextDouble() < 0.5 ? 7 : 14;
      calendar.add(promotion(random, day, length, products, lift));
      day += length + 25 + (int) (random.nextDouble() * 35);
    }
    return calendar;
  }

  private static Promotion promotion(
      RandomGenerator random, int firstDay, int length, int products, double lift) {
    int percentOff = 10 + 5 * (int) (random.nextDouble() * 6);
    boolean[] reduced = new boolean[products];
    double[] cumulative = new double[products];
    double ordinary = 0;
    double promoted = 0;
    for (int rank = 0; rank < products; rank++) {
      reduced[rank] = random.nextDouble() < 1.0 / 3;
      double weight = Assortment.popularity(rank);
      ordinary += weight;
      promoted += reduced[rank] ? weight * lift : weight;
      cumulative[rank] = promoted;
    }
    return new Promotion(
        firstDay, firstDay + length - 1, percentOff, reduced, promoted / ordinary, cumulative);
  }
}
