package org.tallykeep.customer.profile;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import org.tallykeep.customer.consent.ConsentsFixture;
import org.tallykeep.customer.decoy.DebtFixture;
import org.tallykeep.customer.imports.ImportKind;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.RetailerConfig;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.LinksFixture;
import org.tallykeep.customer.rekey.RowDeadlinesFixture;
import org.tallykeep.customer.restriction.RestrictionsFixture;

/** Customers as jobs take them. */
public final class ImportsFixture {

  private ImportsFixture() {}

  /** Customers as jobs export them. */
  public static ProfileExport exports(Transactions transactions, LocalKeys keys) {
    return new ProfileExport(transactions, keys, new Attributes(transactions));
  }

  /** Declares an attribute of texts. */
  public static void declare(Transactions transactions, String name) {
    new Attributes(transactions)
        .declare(
            new Attribute(name, AttributeType.TEXT, Protection.IDENTITY, false, false, List.of()));
  }

  /** Over a real database, as one replica has them. */
  public static ImportKind<?> customers(
      Transactions transactions, LocalKeys keys, RetailerConfig retailer) {
    SecureRandom random = new SecureRandom();
    IndexVersions index = IndexFixture.versions(transactions, keys);
    LinksFixture links = new LinksFixture(transactions, keys, index);
    Attributes attributes = new Attributes(transactions);
    CustomerTags tags = new CustomerTags(transactions, keys, index, attributes);
    ProfileChanges changes = new ProfileChanges(transactions, tags, index, InstantSource.system());
    ProfileWriter writer =
        new ProfileWriter(
            links.signUps,
            new ProfileCreator(
                new Newcomers(
                    keys, DebtFixture.of(0), new DecoyProfiles(random, attributes), random),
                links.signUps,
                tags,
                index,
                RowDeadlinesFixture.unlimited()),
            new ProfileUpdater(
                transactions,
                keys,
                changes,
                ConsentsFixture.of(transactions, keys),
                RestrictionsFixture.of(transactions, keys)),
            transactions,
            new KeptAway(links.suppression, keys));
    return new CustomerImports(
        new ProfileChecks(
            retailer, Clock.systemUTC(), attributes, ConsentsFixture.checks(Clock.systemUTC())),
        writer,
        attributes);
  }
}
