package org.tallykeep.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.tallykeep.simulator.Assortment.Category;
import org.tallykeep.simulator.Promotions.Promotion;
import org.tallykeep.simulator.RandomStreams.Aspect;

/**
 * What is in a basket.
 *
 * <p>Each line picks a category by popularity, the household's taste, the season and promotions,
 * then a product: the household's favourite of that category, or one by popularity. Tastes are
 * gamma distributed factors, which makes choices Dirichlet-multinomial over households (Goodhardt,
 * Ehrenberg and Chatfield, 1984). A basket is a stream of random numbers of its own.
 */
final class Baskets {

  private static final double TASTE_SHAPE = 0.8;
  private static final double SIZE_SHAPE = 4;
  private static final double FAVOURITE_SHARE = 0.45;
  private static final double PRICE_RISE_PER_YEAR = 0.03;
  private static final double NOTE_SHARE = 0.015;
  private static final List<String> NOTES =
      List.of("gift wrap, please", "collected at the counter", "ring twice", "no bag needed");

  private final RandomStreams streams;
  private final Assortment assortment;
  private final Promotions promotions;
  private final RetailerParameters parameters;

  Baskets(
      RandomStreams streams,
      Assortment assortment,
      Promotions promotions,
      RetailerParameters parameters) {
    this.streams = streams;
    this.assortment = assortment;
    this.promotions = promotions;
    this.parameters = parameters;
  }

  /** What was bought: products and a note now and then. */
  record Basket(List<Line> lines, Optional<String> note) {}

  /** What a household likes, the same for all its purchases. */
  record Taste(double linesPerPurchase, double[] categories, int[] favourites) {}

  Taste taste(int household) {
    RandomGenerator random = streams.of(Aspect.TASTE, household, 0);
    double size = Draws.gamma(random, SIZE_SHAPE) / SIZE_SHAPE;
    int count = assortment.categories().size();
    double[] categories = new double[count];
    int[] favourites = new int[count];
    for (int i = 0; i < count; i++) {
      categories[i] =
          Draws.gamma(random, TASTE_SHAPE) * assortment.categories().get(i).popularity();
      favourites[i] = Draws.weighted(random, assortment.cumulativePopularity());
    }
    return new Taste(
        1 + (parameters.behaviour().linesPerPurchase() - 1) * size, categories, favourites);
  }

  Basket basket(int household, Taste taste, int sequence, int day) {
    RandomGenerator random = streams.of(Aspect.BASKET, household, sequence);
    double[] cumulative = attractions(taste, day);
    int lines = 1 + Draws.poisson(random, taste.linesPerPurchase() - 1);
    List<Line> basket = new ArrayList<>(lines);
    for (int i = 0; i < lines; i++) {
      add(basket, line(random, taste, Draws.weighted(random, cumulative), day));
    }
    Optional<String> note =
        random.nextDouble() < NOTE_SHARE
            ? Optional.of(Draws.oneOf(random, NOTES))
            : Optional.empty();
    return new Basket(basket, note);
  }

  /** The part of a basket that is brought back: one of its lines, whole. */
  List<Line> returned(int household, List<Line> lines, int sequence) {
    // Negative sequences belong to returns, so that neither stream is a part of the other.
    RandomGenerator random = streams.of(Aspect.BASKET, household, -1L - sequence);
    return List.of(Draws.oneOf(random, lines));
  }

  private double[] attractions(Taste taste, int day) {
    double[] cumulative = new double[taste.categories().length];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      Category category = assortment.categories().get(i);
      double season =
          Season.yearly(parameters.start().plusDays(day), category.peakDay(), category.amplitude());
      double promotion = promotions.on(i, day).map(Promotion::attraction).orElse(1.0);
      sum += taste.categories()[i] * season * promotion;
      cumulative[i] = sum;
    }
    return cumulative;
  }

  private Line line(RandomGenerator random, Taste taste, int category, int day) {
    Optional<Promotion> promotion = promotions.on(category, day);
    double[] weights =
        promotion.map(Promotion::cumulative).orElse(assortment.cumulativePopularity());
    int rank =
        random.nextDouble() < FAVOURITE_SHARE
            ? taste.favourites()[category]
            : Draws.weighted(random, weights);
    Product product = assortment.categories().get(category).products().get(rank);
    boolean reduced = promotion.isPresent() && promotion.get().reduced()[rank];
    double extra = reduced ? Promotions.EXTRA_UNITS_REDUCED : Promotions.EXTRA_UNITS;
    int units = 1 + Draws.poisson(random, extra);
    int price = price(product, day);
    int off = reduced ? price * promotion.orElseThrow().percentOff() / 100 : 0;
    return new Line(product, units, (long) units * (price - off), (long) units * off);
  }

  private int price(Product product, int day) {
    int year = day / 365;
    return year == 0
        ? product.priceMinor()
        : Assortment.endingInNine(
            product.priceMinor() * StrictMath.pow(1 + PRICE_RISE_PER_YEAR, year));
  }

  private static void add(List<Line> basket, Line line) {
    for (int i = 0; i < basket.size(); i++) {
      Line other = basket.get(i);
      if (other.product().equals(line.product())) {
        basket.set(
            i,
            new Line(
                line.product(),
                other.units() + line.units(),
                other.amountMinor() + line.amountMinor(),
                other.discountMinor() + line.discountMinor()));
        return;
      }
    }
    basket.add(line);
  }
}
