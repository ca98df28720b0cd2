package org.tallykeep.models;

import java.util.SequencedMap;

/**
 * A fitted model of how often customers who may stop at any time come back. Immutable, and pure:
 * every answer is a function of the parameters and the arguments.
 *
 * <p>Times are in weeks. Every method is finite for every valid {@link BuyingStatistics} and every
 * finite horizon of 0 or more.
 */
public interface PurchaseModel {

  /** The name under which figures of this model are published, such as {@code bg-nbd}. */
  String name();

  /** The parameters by their names in the literature, in the customary order. */
  SequencedMap<String, Double> parameters();

  /** The log-likelihood of customers under this model, natural logarithm. */
  double logLikelihood(BuyingSummary customers);

  /**
   * E[Y(t) | x, t_x, T]: the number of purchase days expected in the {@code horizon} weeks after T.
   */
  double expectedPurchases(BuyingStatistics customer, double horizon);

  /** P(alive | x, t_x, T): the probability that the customer has not stopped buying by T. */
  double probabilityAlive(BuyingStatistics customer);

  /**
   * E[X(t)]: the number of repeat purchase days expected of a randomly chosen customer in the first
   * {@code horizon} weeks after the first purchase.
   */
  default double expectedPurchasesOfNewcomer(double horizon) {
    return expectedPurchases(BuyingStatistics.NEWCOMER, horizon);
  }
}
