package org.tallykeep.simulator;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Everything a simulated retailer depends on. Two equal parameters give the same retailer, byte for
 * byte.
 *
 * @param seed any number
 * @param households how many customers there are in the end, 1 to 16,000,000
 * @param start the first day of trading
 * @param days how many days are traded, 1 to 36,500
 * @param zone where the shop's clocks are set
 * @param productsPerCategory how wide the range is, 2 to 10,000
 * @param behaviour how households buy
 */
public record RetailerParameters(
    long seed,
    int households,
    LocalDate start,
    int days,
    ZoneId zone,
    int productsPerCategory,
    Behaviour behaviour) {

  static final int MAX_HOUSEHOLDS = 16_000_000;

  /**
   * How households buy; see {@link Retailer} for the process.
   *
   * @param purchasesPerYear mean rate of a household that is still a customer
   * @param rateShape shape of the gamma distribution of that rate; smaller is more unequal
   * @param dropoutA first parameter of the beta distribution of the chance to leave after a
   *     purchase
   * @param dropoutB second parameter of it
   * @param foundingShare share of the households that come in the first weeks
   * @param linesPerPurchase mean number of products in a basket
   * @param returnShare share of the purchases of which something is brought back
   * @param promotionLift how many times as likely a promoted product is chosen
   */
  public record Behaviour(
      double purchasesPerYear,
      double rateShape,
      double dropoutA,
      double dropoutB,
      double foundingShare,
      double linesPerPurchase,
      double returnShare,
      double promotionLift) {

    public Behaviour {
      positive("purchasesPerYear", purchasesPerYear);
      positive("rateShape", rateShape);
      positive("dropoutA", dropoutA);
      positive("dropoutB", dropoutB);
      share("foundingShare", foundingShare);
      if (!(linesPerPurchase >= 1 && linesPerPurchase <= 20)) {
        throw new IllegalArgumentException("linesPerPurchase must be between 1 and 20");
      }
      share("returnShare", returnShare);
      if (!(promotionLift >= 1 && promotionLift <= 100)) {
        throw new IllegalArgumentException("promotionLift must be between 1 and 100");
      }
    }

    /** A shop people visit every few weeks, with a tail of daily regulars and many who leave. */
    public static Behaviour ordinary() {
      return new Behaviour(13, 0.9, 0.7, 8, 0.35, 3.2, 0.03, 3);
    }

    private static void positive(String name, double value) {
      if (!(value > 0 && value < 10_000)) {
        throw new IllegalArgumentException(name + " must be positive and below 10,000");
      }
    }

    private static void share(String name, double value) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(name + " must be between 0 and 1");
      }
    }
  }

  public RetailerParameters {
    between("households", households, 1, MAX_HOUSEHOLDS);
    between("days", days, 1, 36_500);
    between("productsPerCategory", productsPerCategory, 2, 10_000);
  }

  /** The sample retailer: ordinary behaviour, clocks set to UTC, some thousand products. */
  public static RetailerParameters sample(long seed, int households, LocalDate start, int days) {
    return new RetailerParameters(
        seed, households, start, days, ZoneOffset.UTC, 24, Behaviour.ordinary());
  }

  /** The same retailer with other habits. */
  public RetailerParameters withBehaviour(Behaviour other) {
    return new RetailerParameters(seed, households, start, days, zone, productsPerCategory, other);
  }

  private static void between(String name, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(name + " must be between " + low + " and " + high);
    }
  }
}
