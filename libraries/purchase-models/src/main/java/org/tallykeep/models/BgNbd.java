package org.tallykeep.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The BG/NBD model of Fader, Hardie and Lee (2005), "Counting Your Customers the Easy Way: An
 * Alternative to the Pareto/NBD Model", Marketing Science 24(2).
 *
 * <p>While alive a customer buys at Poisson rate lambda; after each purchase they stop for good
 * with probability p. Across customers lambda is Gamma(r, alpha) and p is Beta(a, b),
 * independently.
 *
 * @param r shape of the purchase rates
 * @param alpha rate parameter of the purchase rates, in weeks
 * @param a first parameter of the drop-out probabilities
 * @param b second parameter of the drop-out probabilities
 */
public record BgNbd(double r, double alpha, double a, double b) implements PurchaseModel {

  /** The published name. */
  public static final String NAME = "bg-nbd";

  public BgNbd {
    requirePositive("r", r);
    requirePositive("alpha", alpha);
    requirePositive("a", a);
    requirePositive("b", b);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " is not positive and finite: " + value);
    }
  }

  /** The model under which these customers are most likely. */
  public static FitOutcome<BgNbd> fit(BuyingSummary customers) {
    return BgNbdFit.fit(customers);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SequencedMap<String, Double> parameters() {
    SequencedMap<String, Double> named = new LinkedHashMap<>();
    named.put("r", r);
    named.put("alpha", alpha);
    named.put("a", a);
    named.put("b", b);
    return Collections.unmodifiableSequencedMap(named);
  }

  @Override
  public double logLikelihood(BuyingSummary customers) {
    return new BgNbdLikelihood(customers).evaluate(this, new double[4]);
  }

  /**
   * The paper's equation (10), by another route than its hypergeometric function: given that the
   * customer is alive, lambda is Gamma(r + x, alpha + T) and p is Beta(a, b + x) (section 4), and
   * the future count is the smaller of the two independent counts they make, see {@link
   * FuturePurchases}.
   */
  @Override
  public double expectedPurchases(BuyingStatistics customer, double horizon) {
    int x = customer.frequency();
    double whileAlive = FuturePurchases.expected(r + x, alpha + customer.age(), a, b + x, horizon);
    return probabilityAlive(customer) * whileAlive;
  }

  /**
   * The denominator of the paper's equation (10): 1 for a customer without repeat purchase, who has
   * had no occasion to stop.
   */
  @Override
  public double probabilityAlive(BuyingStatistics customer) {
    int x = customer.frequency();
    if (x == 0) {
      return 1;
    }
    double silence = customer.age() - customer.recency();
    double logOdds =
        StrictMath.log(a)
            - StrictMath.log(b + (x - 1))
            + (r + x) * StrictMath.log1p(silence / (alpha + customer.recency()));
    return 1 / (1 + StrictMath.exp(logOdds));
  }
}
