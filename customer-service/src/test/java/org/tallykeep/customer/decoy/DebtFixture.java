package org.tallykeep.customer.decoy;

import java.security.SecureRandom;

/** Decoys for the tests of others. */
public final class DebtFixture {

  private DebtFixture() {}

  /** So many for each customer. */
  public static DecoyDebt of(double share) {
    return new DecoyDebt(new Share(share), new SecureRandom());
  }

  private record Share(double share) implements DecoyConfig {}
}
