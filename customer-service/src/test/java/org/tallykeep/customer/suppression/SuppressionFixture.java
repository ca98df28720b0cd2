package org.tallykeep.customer.suppression;

import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;

/** This package's part for the tests of others. */
public final class SuppressionFixture {

  private SuppressionFixture() {}

  /** As one replica of the service has it. */
  public static Suppression of(Transactions transactions, Keys keys, IndexVersions index) {
    return new Suppression(transactions, keys, index);
  }
}
