package org.tallykeep.customer.decoy;

import jakarta.inject.Singleton;
import java.security.SecureRandom;

/**
 * How many decoys are owed for the customers who were made.
 *
 * <p>Each new customer is one toss, so that no batch's size tells how many of its rows are decoys.
 * What is owed for customers who came alone waits for a batch: a decoy that came right after its
 * only neighbour would be told by that. It waits in memory; what is owed when the process ends is
 * never paid.
 */
@Singleton
public final class DecoyDebt {

  /** Of so many a decoy can be put together without being like any of them. */
  public static final int FEWEST_NEIGHBOURS = 8;

  private final double share;
  private final SecureRandom random;
  private long owed;

  DecoyDebt(DecoyConfig config, SecureRandom random) {
    this.share = config.share();
    this.random = random;
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("tallykeep.decoys.share is a number from 0 to 1");
    }
  }

  /** How many decoys are to be made with so many new customers, at most one for each. */
  public synchronized int payWith(int customers) {
    if (share == 0) {
      return 0;
    }
    for (int i = 0; i < customers; i++) {
      owed += random.nextDouble() < share ? 1 : 0;
    }
    if (customers < FEWEST_NEIGHBOURS) {
      return 0;
    }
    int now = (int) Math.min(owed, customers);
    owed -= now;
    return now;
  }
}
