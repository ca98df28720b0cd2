package org.tallykeep.customer.profile;

import java.time.Clock;
import org.tallykeep.customer.imports.ImportKind;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.RetailerConfig;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.LinksFixture;
import org.tallykeep.customer.rekey.RowDeadlinesFixture;

/** Customers as jobs take them. */
public final class ImportsFixture {

  private ImportsFixture() {}

  /** Over a real database, as one replica has them. */
  public static ImportKind<?> customers(
      Transactions transactions, Keys keys, RetailerConfig retailer) {
    IndexVersions index = IndexFixture.versions(transactions, keys);
    LinksFixture links = new LinksFixture(transactions, keys, index);
    ContactTags tags = new ContactTags(transactions, keys, index);
    ProfileWriter writer =
        new ProfileWriter(
            links.signUps,
            new ProfileCreator(keys, links.signUps, tags, index, RowDeadlinesFixture.unlimited()),
            new ProfileUpdater(transactions, keys, tags, index),
            transactions);
    return new CustomerImports(new ProfileChecks(retailer, Clock.systemUTC()), writer);
  }
}
