package org.tallykeep.customer.profile;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.customer.consent.ConsentsFixture;
import org.tallykeep.customer.decoy.DebtFixture;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.index.Reindexed;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.TestRetailer;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.LinksFixture;
import org.tallykeep.customer.rekey.RowDeadlines;
import org.tallykeep.customer.rekey.RowDeadlinesFixture;
import org.tallykeep.customer.restriction.RestrictionsFixture;

/** This package's parts over a real database, as one replica of the service has them. */
final class ProfilesFixture {

  static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
  static final Actor IMPORT = new Actor(Actor.Kind.IMPORT, "ingest", "import");

  final Transactions transactions;
  final LocalKeys keys;
  final IndexVersions index;
  final Attributes attributes;
  final LinksFixture links;
  final ConsentsFixture consents;
  final CustomerTags tags;
  final ProfileChecks checks;
  final ProfileCreator creator;
  final ProfileUpdater updater;
  final ProfileWriter writer;
  final ProfileReader reader;
  final ProfileEditor editor;
  final ChangesReader changes;
  final CustomerResealing resealing;

  ProfilesFixture(Transactions transactions, LocalKeys keys) {
    this.transactions = transactions;
    this.keys = keys;
    this.index = IndexFixture.versions(transactions, keys);
    this.attributes = new Attributes(transactions);
    this.consents = new ConsentsFixture(transactions, keys);
    this.links = new LinksFixture(transactions, keys, index);
    this.tags = new CustomerTags(transactions, keys, index, attributes);
    this.checks =
        new ProfileChecks(
            TestRetailer.USUAL,
            Clock.fixed(NOW, ZoneOffset.UTC),
            attributes,
            ConsentsFixture.checks(Clock.fixed(NOW, ZoneOffset.UTC)));
    this.creator = creator(RowDeadlinesFixture.unlimited());
    ProfileChanges apply = new ProfileChanges(transactions, tags, index, InstantSource.fixed(NOW));
    this.updater =
        new ProfileUpdater(
            transactions,
            keys,
            apply,
            consents.consents,
            RestrictionsFixture.of(transactions, keys));
    this.writer =
        new ProfileWriter(
            links.signUps, creator, updater, transactions, new KeptAway(links.suppression, keys));
    this.reader = new ProfileReader(transactions, keys, tags, links.signUps, attributes);
    this.editor = new ProfileEditor(reader, keys, apply, attributes);
    this.changes = new ChangesReader(transactions, keys, attributes);
    this.resealing = new CustomerResealing(transactions, keys);
  }

  ProfileCreator creator(RowDeadlines deadlines) {
    return creator(deadlines, 0);
  }

  /** One that makes so many decoys for each customer. */
  ProfileCreator creator(RowDeadlines deadlines, double decoys) {
    SecureRandom random = new SecureRandom();
    Newcomers newcomers =
        new Newcomers(keys, DebtFixture.of(decoys), new DecoyProfiles(random, attributes), random);
    return new ProfileCreator(newcomers, links.signUps, tags, index, deadlines);
  }

  /** What is known of customers, as their histories are told it. */
  OpenTraits traits() {
    return new OpenTraits(
        new OpenedCustomers(transactions, keys, DestroyedKeysFixture.of(Set.of())),
        attributes,
        consents.consents);
  }

  /** What an index rotation moves of customers, where these keys are destroyed. */
  List<Reindexed> reindexed(Set<UUID> destroyed) {
    OpenedCustomers opened =
        new OpenedCustomers(transactions, keys, DestroyedKeysFixture.of(destroyed));
    CustomerReindexing reindexing =
        new CustomerReindexing(
            opened,
            new SearchableAttributes(opened, attributes),
            new TagsAnew(transactions, keys, tags));
    return List.of(
        CustomerReindexing.externalIds(transactions, reindexing),
        CustomerReindexing.emails(transactions, reindexing),
        CustomerReindexing.phones(transactions, reindexing),
        CustomerReindexing.attributes(transactions, reindexing));
  }

  void declare(String name, AttributeType type, Protection protection, boolean searchable) {
    attributes.declare(new Attribute(name, type, protection, searchable, false, List.of()));
  }

  /** Somebody with no more than a name and these contacts. */
  static Profile someone(String given, List<String> emails, List<String> phones) {
    return new Profile(
        List.of(),
        false,
        new Profile.Name(given, null),
        null,
        emails,
        phones,
        List.of(),
        null,
        AttributeValues.NONE);
  }
}
