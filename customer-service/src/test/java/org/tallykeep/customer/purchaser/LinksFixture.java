package org.tallykeep.customer.purchaser;

import java.security.SecureRandom;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.rekey.RowDeadlinesFixture;

/** This package's parts for the tests of others. */
public final class LinksFixture {

  public final Links links;
  public final SignUps signUps;

  public LinksFixture(Transactions transactions, Keys keys, IndexVersions index) {
    SecureRandom random = new SecureRandom();
    PoolConfig config = new Sizes(100, 20, "off");
    PoolRefill refill =
        new PoolRefill(transactions, keys, config, random, RowDeadlinesFixture.unlimited());
    this.links = new Links(transactions, keys);
    this.signUps = new SignUps(transactions, index, new Pool(transactions, refill, config, random));
  }

  private record Sizes(int size, int block, String refillEvery) implements PoolConfig {}
}
