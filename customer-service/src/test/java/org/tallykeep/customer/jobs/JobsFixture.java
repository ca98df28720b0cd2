package org.tallykeep.customer.jobs;

import java.security.SecureRandom;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.Transactions;

/** This package's parts for the tests of others. */
public final class JobsFixture {

  private JobsFixture() {}

  /** Tags of requests, as one replica makes them. */
  public static Repetitions repetitions(Transactions transactions, DatasetRecords records) {
    return new Repetitions(transactions, records, new SecureRandom());
  }
}
