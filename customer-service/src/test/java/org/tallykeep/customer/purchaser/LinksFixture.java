package org.tallykeep.customer.purchaser;

import java.security.SecureRandom;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.rekey.RowDeadlinesFixture;
import org.tallykeep.customer.suppression.Suppression;
import org.tallykeep.customer.suppression.SuppressionFixture;

/** This package's parts for the tests of others. */
public final class LinksFixture {

  public final Links links;
  public final WaysBack waysBack;
  public final SignUps signUps;
  public final Purchasers purchasers;
  public final Suppression suppression;
  public final AnonymousIds anonymousIds;

  public LinksFixture(Transactions transactions, LocalKeys keys, IndexVersions index) {
    SecureRandom random = new SecureRandom();
    PoolConfig config = new Sizes(100, 20, "off");
    PoolRefill refill =
        new PoolRefill(transactions, keys, config, random, RowDeadlinesFixture.unlimited());
    this.waysBack = new WaysBack(transactions, keys);
    this.suppression = SuppressionFixture.of(transactions, keys, index);
    RenewedPseudonyms renewed = new RenewedPseudonyms(keys.records());
    this.links = new Links(transactions, keys, renewed);
    Pool pool = new Pool(transactions, refill, config, random, renewed);
    this.signUps = new SignUps(transactions, index, pool);
    this.anonymousIds = new AnonymousIds(keys.records(), suppression);
    this.purchasers = new LinkedPurchasers(transactions, index, anonymousIds, links, pool);
  }

  private record Sizes(int size, int block, String refillEvery) implements PoolConfig {}
}
