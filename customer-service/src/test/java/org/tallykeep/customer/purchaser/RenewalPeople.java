package org.tallykeep.customer.purchaser;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.index.Reindexed;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.SubjectKeys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.rekey.RowDeadlines;
import org.tallykeep.customer.rekey.RowDeadlinesFixture;
import org.tallykeep.customer.suppression.SuppressionFixture;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;

/** This package's parts, as one replica has them, for the tests of renewals. */
public final class RenewalPeople {

  private final Transactions transactions;
  private final LocalKeys keys;
  private final IndexVersions index;
  private final RowDeadlines deadlines = RowDeadlinesFixture.unlimited();
  private final SignUps signUps;
  private final Mixer mixer;
  public final Links links;
  public final Purchasers purchasers;
  public final PurchaserRenewal renewal;
  public final LinkRenewal linkRenewal;
  public final Reindexed reindexed;

  public RenewalPeople(Transactions transactions, LocalKeys keys, IndexVersions index, int pool) {
    this.transactions = transactions;
    this.keys = keys;
    this.index = index;
    SecureRandom random = new SecureRandom();
    PoolConfig config = new Sizes(pool, Math.max(1, pool / 4), "off");
    RenewedPseudonyms renewed = new RenewedPseudonyms(keys.records());
    AnonymousIds ids =
        new AnonymousIds(keys.records(), SuppressionFixture.of(transactions, keys, index));
    PoolRefill refill = new PoolRefill(transactions, keys, config, random, deadlines);
    Pool drawn = new Pool(transactions, refill, config, random, renewed);
    this.links = new Links(transactions, keys, renewed);
    this.signUps = new SignUps(transactions, index, drawn);
    this.purchasers = new LinkedPurchasers(transactions, index, ids, links, drawn);
    this.mixer = new Mixer(transactions, keys, links, new Crowds(20, 20, "off", "off"), random);
    this.renewal = new PurchaserRenewal(keys, ids, renewed, deadlines, random);
    this.linkRenewal = new LinkRenewal(transactions, keys, renewed);
    this.reindexed = AnonymousIds.reindexed(transactions, ids);
  }

  private record Sizes(int size, int block, String refillEvery) implements PoolConfig {}

  private record Crowds(int crowd, int round, String checkEvery, String daily)
      implements MixerConfig {}

  /** Signs a customer up without a profile to speak of. */
  public UUID signUp(@Nullable String externalId) {
    SubjectKeys subject = keys.createSubjects(1).getFirst();
    UUID id = UUID.randomUUID();
    List<String> ids = externalId == null ? List.of() : List.of(externalId);
    index.with(
        tagged ->
            signUps.signUp(
                tagged,
                List.of(new SignUps.NewCustomer(id, subject.link(), ids)),
                deadlines.begin(),
                (connection, customers) ->
                    Sql.update(
                        connection,
                        """
                        INSERT INTO customer
                        SELECT id, gen_random_uuid(), 1, 1, '', '', '' FROM unnest(?) AS id
                        """,
                        (Object) Sql.ids(customers))));
    return id;
  }

  public void mix() {
    mixer.run();
  }

  public UUID purchaserOf(String externalId) {
    return purchasers.resolve(List.of(new Buyer.ByExternalId(externalId))).getFirst().orElseThrow();
  }

  /** What customers' links say as they stand, whoever was renewed meanwhile. */
  public Map<UUID, UUID> linked() {
    Map<UUID, UUID> linked = new HashMap<>();
    List<UUID> customers = new ArrayList<>();
    links.eachCustomer(customers::add);
    for (Link link : transactions.call(c -> LinkRepository.links(c, customers))) {
      linked.put(
          link.customer(), link.open(keys.links(List.of(link.key())).getFirst().orElseThrow()));
    }
    return linked;
  }

  /** Who purchasers say they are; those with a dummy are missing. */
  public Map<UUID, UUID> reidentified(Set<UUID> purchasers) {
    Map<UUID, UUID> customers = new HashMap<>();
    for (PurchaserRepository.Row row :
        transactions.call(c -> PurchaserRepository.rows(c, purchasers))) {
      Optional<SealingKey> key =
          keys.reidentifyForMixing(List.of(SealedRecord.keyOf(row.reidentify()))).getFirst();
      Reidentification.open(key.orElseThrow(), row.id(), row.reidentify())
          .ifPresent(customer -> customers.put(row.id(), customer));
    }
    return customers;
  }
}
