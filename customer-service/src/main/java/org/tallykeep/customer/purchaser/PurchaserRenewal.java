package org.tallykeep.customer.purchaser;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.rekey.RowDeadlines;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;

/** Gives purchasers another pseudonym, with a key of its own: their rows on this side. */
@Singleton
public final class PurchaserRenewal {

  private static final int AT_ONCE = 500;

  private final Keys keys;
  private final AnonymousIds anonymousIds;
  private final RenewedPseudonyms renewed;
  private final RowDeadlines deadlines;
  private final SecureRandom random;

  PurchaserRenewal(
      Keys keys,
      AnonymousIds anonymousIds,
      RenewedPseudonyms renewed,
      RowDeadlines deadlines,
      SecureRandom random) {
    this.keys = keys;
    this.anonymousIds = anonymousIds;
    this.renewed = renewed;
    this.deadlines = deadlines;
    this.random = random;
  }

  /** Pseudonyms that nobody has yet, of the same shards as those they are for, and their keys. */
  public final class Prepared implements AutoCloseable {
    private final RowDeadlines.Deadline deadline;
    private final Map<UUID, UUID> ids = new HashMap<>();
    private final Map<UUID, SealingKey> newKeys = new HashMap<>();

    private Prepared(Collection<UUID> old) {
      this.deadline = deadlines.begin();
      List<SealingKey> created = new ArrayList<>(keys.createPseudonyms(old.size()));
      for (UUID pseudonym : old) {
        UUID id = inShardOf(pseudonym);
        ids.put(pseudonym, id);
        newKeys.put(id, created.removeLast());
      }
    }

    /** By the old ones. */
    public Map<UUID, UUID> ids() {
      return Map.copyOf(ids);
    }

    private PurchaserRepository.Row row(UUID old, @Nullable UUID customer) {
      UUID id = Objects.requireNonNull(ids.get(old));
      SealingKey key = Objects.requireNonNull(newKeys.get(id));
      return new PurchaserRepository.Row(
          id,
          customer == null
              ? Reidentification.sealDummy(key, id, random)
              : Reidentification.sealCustomer(key, id, customer));
    }

    @Override
    public void close() {
      newKeys.values().forEach(SealingKey::close);
    }
  }

  /** The keys are lost if nothing comes of it. */
  public Prepared prepare(Collection<UUID> old) {
    return new Prepared(old);
  }

  private static UUID inShardOf(UUID old) {
    UUID drawn = UUID.randomUUID();
    long low = drawn.getLeastSignificantBits();
    return new UUID(
        drawn.getMostSignificantBits(),
        (low & -Shards.COUNT) | (old.getLeastSignificantBits() & (Shards.COUNT - 1)));
  }

  /** Replaces the purchasers, those in the pool and the anonymous ones, for the transaction. */
  public void replace(Connection connection, Prepared prepared) throws SQLException {
    // A round of mixing must not find the one gone and the other not there yet.
    PurchaserRepository.lockForMixing(connection);
    List<PurchaserRepository.Row> before =
        PurchaserRepository.rows(connection, prepared.ids.keySet());
    Set<UUID> free = PurchaserRepository.takeFree(connection, prepared.ids.keySet());
    List<PurchaserRepository.Row> after = seal(before, free, prepared);
    after.sort(Comparator.comparing(PurchaserRepository.Row::id));
    PurchaserRepository.delete(connection, prepared.ids.keySet());
    PurchaserRepository.insert(connection, after);
    PurchaserRepository.putFree(
        connection,
        free.stream().map(old -> prepared.ids.getOrDefault(old, old)).sorted().toList());
    PurchaserRepository.moveGone(connection, prepared.ids);
    moveAnonymous(connection, prepared.ids);
  }

  /** Those in the pool have no customer, so theirs need not be opened. */
  private List<PurchaserRepository.Row> seal(
      List<PurchaserRepository.Row> before, Set<UUID> free, Prepared prepared) {
    List<PurchaserRepository.Row> used =
        before.stream().filter(row -> !free.contains(row.id())).toList();
    List<Optional<SealingKey>> opened =
        keys.reidentifyForMixing(
            used.stream().map(row -> SealedRecord.keyOf(row.reidentify())).toList());
    Map<UUID, UUID> customers = new HashMap<>();
    for (int i = 0; i < used.size(); i++) {
      PurchaserRepository.Row row = used.get(i);
      SealingKey key = opened.get(i).orElseThrow(PurchaserRenewal::toBeErased);
      customer(key, row).ifPresent(customer -> customers.put(row.id(), customer));
    }
    List<PurchaserRepository.Row> after = new ArrayList<>(before.size());
    before.forEach(row -> after.add(prepared.row(row.id(), customers.get(row.id()))));
    return after;
  }

  /**
   * Whose key is destroyed was erased, and is here because the database was set back. By that key
   * they are found and erased anew; by another one they would not be.
   */
  private static IllegalStateException toBeErased() {
    return new IllegalStateException("erased and set back: to be erased anew first");
  }

  private static Optional<UUID> customer(SealingKey key, PurchaserRepository.Row row) {
    try (key) {
      return Reidentification.open(key, row.id(), row.reidentify());
    }
  }

  private void moveAnonymous(Connection connection, Map<UUID, UUID> ids) throws SQLException {
    Map<UUID, byte[]> sealed = new HashMap<>();
    PurchaserRepository.externalIds(connection, ids.keySet())
        .forEach(
            (old, external) -> {
              UUID id = ids.getOrDefault(old, old);
              sealed.put(id, anonymousIds.move(old, external, id));
            });
    PurchaserRepository.moveAnonymous(connection, ids, sealed);
  }

  /**
   * From then on links and rows that name one of the old pseudonyms mean the new one. The last
   * thing in the transaction.
   *
   * @throws IllegalStateException if somebody else has renewed one of them meanwhile
   */
  public void remember(Connection connection, Prepared prepared) throws SQLException {
    Map<UUID, byte[]> sealed = new HashMap<>();
    prepared.ids.forEach((old, id) -> sealed.put(old, renewed.seal(old, id)));
    if (RenewalRepository.remember(connection, sealed) != sealed.size()) {
      throw new IllegalStateException("a pseudonym was renewed twice");
    }
    prepared.deadline.require();
  }

  /**
   * Moves some anonymous buyers who were written under a pseudonym that was renewed at that moment.
   * For when nobody is written under one any more.
   *
   * @return how many there were
   */
  public int sweep(Connection connection) throws SQLException {
    List<UUID> late = RenewalRepository.anonymousOfBefore(connection, AT_ONCE);
    if (!late.isEmpty()) {
      moveAnonymous(connection, renewed.whileUnderWay(connection, late));
    }
    return late.size();
  }
}
