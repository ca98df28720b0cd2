package org.tallykeep.customer.purchaser;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.SubjectKeys;
import org.tallykeep.customer.platform.TestDatabase;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.rekey.RowDeadlines;
import org.tallykeep.customer.rekey.RowDeadlinesFixture;
import org.tallykeep.customer.suppression.SuppressionFixture;

/** The parts of this package over a real database, as one replica of the service has them. */
final class People {

  final Transactions transactions;
  final LocalKeys keys;
  final Links links;
  final RenewedPseudonyms renewed;
  final IndexVersions index;
  final AnonymousIds anonymousIds;
  final Pool pool;
  final PoolRefill refill;
  final SignUps signUps;
  final Purchasers purchasers;
  final Mixer mixer;
  private final RowDeadlines deadlines;

  People(TestDatabase database, LocalKeys keys) {
    this(database, keys, RowDeadlinesFixture.unlimited());
  }

  People(TestDatabase database, LocalKeys keys, RowDeadlines deadlines) {
    this.deadlines = deadlines;
    SecureRandom random = new SecureRandom();
    PoolConfig config = new Sizes(300, 50, "off");
    this.transactions = database.transactions();
    this.keys = keys;
    this.renewed = new RenewedPseudonyms(keys.records());
    this.links = new Links(transactions, keys, renewed);
    this.refill = new PoolRefill(transactions, keys, config, random, deadlines);
    this.pool = new Pool(transactions, refill, config, random, renewed);
    this.index = IndexFixture.versions(transactions, keys);
    this.signUps = new SignUps(transactions, index, pool);
    this.anonymousIds =
        new AnonymousIds(database.records(keys), SuppressionFixture.of(transactions, keys, index));
    this.purchasers = new LinkedPurchasers(transactions, index, anonymousIds, links, pool);
    this.mixer = new Mixer(transactions, keys, links, new Crowds(100, 150, "off", "off"), random);
  }

  /** Signs up customers without a profile to speak of. */
  List<UUID> signUp(@Nullable String... externalIds) {
    List<SignUps.NewCustomer> customers = new ArrayList<>();
    RowDeadlines.Deadline deadline = deadlines.begin();
    List<SubjectKeys> subjects = keys.createSubjects(externalIds.length);
    for (int i = 0; i < externalIds.length; i++) {
      customers.add(
          new SignUps.NewCustomer(
              UUID.randomUUID(),
              subjects.get(i).link(),
              Stream.ofNullable(externalIds[i]).toList()));
    }
    Set<UUID> signedUp =
        index.with(
            tagged ->
                signUps.signUp(
                    tagged,
                    customers,
                    deadline,
                    (connection, ids) ->
                        Sql.update(
                            connection,
                            """
                            INSERT INTO customer
                            SELECT id, gen_random_uuid(), 1, 1, '', '', '' FROM unnest(?) AS id
                            """,
                            (Object) Sql.ids(ids))));
    return customers.stream().map(SignUps.NewCustomer::id).filter(signedUp::contains).toList();
  }

  UUID purchaserOf(UUID customer) {
    return purchasers.resolve(List.of(new Buyer.ByCustomer(customer))).getFirst().orElseThrow();
  }

  UUID purchaserOf(String externalId) {
    return purchasers.resolve(List.of(new Buyer.ByExternalId(externalId))).getFirst().orElseThrow();
  }

  private record Sizes(int size, int block, String refillEvery) implements PoolConfig {}

  private record Crowds(int crowd, int round, String checkEvery, String daily)
      implements MixerConfig {}
}
