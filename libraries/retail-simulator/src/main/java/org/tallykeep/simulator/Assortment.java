package org.tallykeep.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.tallykeep.simulator.RandomStreams.Aspect;

/**
 * What is on the shelves: departments, their categories, and in each category products whose
 * popularity falls off by Zipf's law with exponent 0.8 and whose prices spread log-normally around
 * the category's.
 */
final class Assortment {

  private static final double ZIPF = 0.8;
  private static final double PRICE_SPREAD = 0.35;

  /**
   * A category and its products, the most popular first.
   *
   * @param popularity weight among all categories
   * @param peakDay day of the year on which it sells best
   * @param amplitude how much more it sells then: 0 for none, below 1
   */
  record Category(
      String name, double popularity, double peakDay, double amplitude, List<Product> products) {}

  private record Range(
      String category, int centsAround, double popularity, double peakDay, double amplitude) {}

  private static Range range(
      String category, int centsAround, double popularity, double peakDay, double amplitude) {
    return new Range(category, centsAround, popularity, peakDay, amplitude);
  }

  private record Department(String name, List<Range> ranges) {}

  private static final List<Department> DEPARTMENTS =
      List.of(
          new Department(
              "Pantry",
              List.of(
                  range("Bread", 349, 9, 1, 0),
                  range("Breakfast cereals", 479, 6, 20, 0.10),
                  range("Pasta and rice", 299, 6, 330, 0.10),
                  range("Coffee and tea", 899, 7, 350, 0.20),
                  range("Sweets", 259, 6, 345, 0.45),
                  range("Soups", 279, 4, 15, 0.50))),
          new Department(
              "Fresh",
              List.of(
                  range("Fruit", 419, 10, 190, 0.25),
                  range("Vegetables", 329, 10, 170, 0.15),
                  range("Milk and butter", 389, 11, 350, 0.08),
                  range("Cheese", 649, 7, 355, 0.20),
                  range("Ice cream", 599, 4, 195, 0.70))),
          new Department(
              "Drinks",
              List.of(
                  range("Water", 159, 6, 195, 0.35),
                  range("Lemonade", 249, 6, 195, 0.40),
                  range("Juice", 389, 5, 180, 0.15))),
          new Department(
              "Household",
              List.of(
                  range("Cleaning", 529, 4, 100, 0.20),
                  range("Paper goods", 799, 5, 1, 0),
                  range("Candles", 699, 2, 345, 0.75),
                  range("Kitchenware", 1899, 2, 335, 0.40))),
          new Department(
              "Care",
              List.of(
                  range("Soap and shampoo", 589, 4, 1, 0),
                  range("Sun care", 1299, 1.5, 190, 0.90),
                  range("Baby care", 1599, 3, 1, 0))),
          new Department(
              "Garden",
              List.of(
                  range("Seeds and soil", 749, 1.5, 110, 0.90),
                  range("Garden tools", 2499, 1, 120, 0.80),
                  range("Barbecue", 1999, 1.5, 185, 0.85))),
          new Department(
              "Leisure",
              List.of(
                  range("Toys", 1799, 2.5, 345, 0.80),
                  range("Books", 1499, 2.5, 345, 0.45),
                  range("Stationery", 499, 2.5, 240, 0.50),
                  range("Sports", 2999, 1.5, 130, 0.40))),
          new Department(
              "Clothing",
              List.of(
                  range("Socks and underwear", 1199, 2.5, 340, 0.30),
                  range("Outerwear", 5999, 1, 310, 0.60),
                  range("Shoes", 4999, 1.2, 95, 0.25))));

  private final List<Category> categories;
  private final double[] cumulativePopularity;

  Assortment(RandomStreams streams, int productsPerCategory) {
    List<Category> made = new ArrayList<>();
    for (Department department : DEPARTMENTS) {
      for (Range range : department.ranges()) {
        RandomGenerator random = streams.of(Aspect.ASSORTMENT, made.size(), 0);
        made.add(category(random, department.name(), range, made.size(), productsPerCategory));
      }
    }
    categories = List.copyOf(made);
    cumulativePopularity = new double[productsPerCategory];
    double sum = 0;
    for (int rank = 0; rank < productsPerCategory; rank++) {
      sum += popularity(rank);
      cumulativePopularity[rank] = sum;
    }
  }

  List<Category> categories() {
    return categories;
  }

  /** Weight of the product at that rank in its category, before any promotion. */
  static double popularity(int rank) {
    return 1 / StrictMath.pow(rank + 1.0, ZIPF);
  }

  /** The running sum of the weights; shared, never changed. */
  double[] cumulativePopularity() {
    return cumulativePopularity;
  }

  private static Category category(
      RandomGenerator random, String department, Range range, int number, int size) {
    List<Product> products = new ArrayList<>();
    for (int rank = 0; rank < size; rank++) {
      double spread = StrictMath.exp(PRICE_SPREAD * Draws.normal(random));
      String brand = Syllables.word(random, 2);
      products.add(
          new Product(
              String.format(Locale.ROOT, "P%02d-%04d", number + 1, rank + 1),
              brand + " " + range.category().toLowerCase(Locale.ROOT) + " " + (rank + 1),
              range.category(),
              department,
              endingInNine(range.centsAround() * spread)));
    }
    return new Category(
        range.category(), range.popularity(), range.peakDay(), range.amplitude(), products);
  }

  /** Shops like prices that end in nine; the cheapest is 29 cents. */
  static int endingInNine(double cents) {
    return StrictMath.max(29, (int) StrictMath.round(cents / 10) * 10 - 1);
  }
}
