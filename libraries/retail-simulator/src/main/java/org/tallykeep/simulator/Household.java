package org.tallykeep.simulator;

import java.util.List;

/**
 * One simulated customer with everything they do, in the order of time.
 *
 * @param index from 0; the number of the household at its retailer
 * @param purchases at least one: a household becomes a customer by its first purchase
 * @param returns what was brought back, each on a day of its own
 */
public record Household(
    int index, Profile profile, List<Purchase> purchases, List<Return> returns) {

  public Household {
    purchases = List.copyOf(purchases);
    returns = List.copyOf(returns);
  }
}
