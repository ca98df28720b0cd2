package org.tallykeep.keyvault.person;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.envelope.DerivationKey;
import org.tallykeep.envelope.KeyNotUnwrappedException;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.WrappingKey;
import org.tallykeep.evidence.LedgerEntry.Kind;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.branch.BranchDemand;
import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.branch.BranchRing;
import org.tallykeep.keyvault.branch.StaleBranches;
import org.tallykeep.keyvault.branch.WrappedTable;
import org.tallykeep.keyvault.revocation.RevocationLedger;

/** Makes and opens the keys of persons and pseudonyms. The keys themselves never leave here. */
@Singleton
public final class PersonKeys {

  /** So that one branch key in wrong hands concerns one person in 256. */
  private static final int BRANCHES = 256;

  private final PersonKeyRepository repository;
  private final BranchKeys branches;
  private final RevocationLedger ledger;
  private final SecureRandom random = new SecureRandom();

  PersonKeys(PersonKeyRepository repository, BranchKeys branches, RevocationLedger ledger) {
    this.repository = repository;
    this.branches = branches;
    this.ledger = ledger;
  }

  @Produces
  @Singleton
  static BranchDemand demand() {
    return new BranchDemand(
        Map.of(Family.SUBJECT.label(), BRANCHES, Family.PSEUDONYM.label(), BRANCHES));
  }

  @Produces
  @Singleton
  static WrappedTable subjectKeys() {
    return new WrappedTable("subject_key", "'%s'".formatted(Family.SUBJECT.label()));
  }

  @Produces
  @Singleton
  static WrappedTable pseudonymKeys() {
    return new WrappedTable("pseudonym_key", "'%s'".formatted(Family.PSEUDONYM.label()));
  }

  @Produces
  @Singleton
  static WrappedTable replacedKeys() {
    return new WrappedTable("compromised_key", "t.kind");
  }

  /**
   * What to make.
   *
   * @param decoys whether they are keys of customers who do not exist
   */
  public record Order(Family family, int count, Set<Purpose> purposes, boolean decoys) {}

  /** Makes keys and stores them wrapped. */
  public List<NewKey> create(Order order) {
    try {
      return createUnderCurrent(order);
    } catch (StaleBranches e) {
      // Nothing was stored: others are made, under the versions there are now.
      branches.reload();
      return createUnderCurrent(order);
    }
  }

  private List<NewKey> createUnderCurrent(Order order) {
    int count = order.count();
    List<PersonKeyRow> rows = new ArrayList<>(count);
    List<NewKey> keys = new ArrayList<>(count);
    branches.use(
        ring -> {
          for (int i = 0; i < count; i++) {
            KeyRef ref = new KeyRef(UUID.randomUUID(), 1);
            byte[] key = new byte[KeyCapsule.KEY_LENGTH];
            random.nextBytes(key);
            rows.add(wrap(ring, order, ref, key));
            keys.add(new NewKey(ref, derive(ref, key, order.purposes())));
          }
          return null;
        });
    try {
      repository.insert(order.family(), rows, order.decoys());
      return keys;
    } catch (RuntimeException e) {
      keys.forEach(NewKey::close);
      throw e;
    }
  }

  /**
   * Opens keys for one purpose, in the order asked for; those that do not exist come empty, and so
   * do those that the ledger says are destroyed, whatever a database that was set back may hold.
   */
  public List<PurposeKey> unwrap(Purpose purpose, List<KeyRef> refs) {
    return branches.use(
        () -> findLiving(purpose.family(), refs), (ring, rows) -> open(ring, purpose, refs, rows));
  }

  private Map<KeyRef, PersonKeyRow> findLiving(Family family, List<KeyRef> refs) {
    Map<KeyRef, PersonKeyRow> rows = repository.find(family, refs);
    removeDestroyed(family, rows);
    return rows;
  }

  /**
   * Overwrites what is wrapped with random bytes, so that the rows look like any other. In the
   * caller's transaction; the ledger knows first.
   *
   * @return how many rows held a key that opened
   */
  public int overwrite(Connection connection, Family family, List<UUID> ids) throws SQLException {
    List<PersonKeyRow> rows = repository.lock(connection, family, ids);
    List<PersonKeyRow> gone = new ArrayList<>();
    int decoys = 0;
    for (PersonKeyRow row : rows) {
      try (PurposeKey open = branches.use(() -> row, (ring, it) -> open(ring, family, it))) {
        if (open.exists()) {
          gone.add(withoutKey(row));
          decoys += open.decoy() ? 1 : 0;
        }
      }
    }
    repository.overwrite(connection, family, gone, decoys);
    repository.forgetReplaced(connection, family, ids);
    return gone.size();
  }

  /**
   * Makes the next version of keys, decoys as decoys. In the caller's transaction.
   *
   * @return by id, the version before and the new one; without those that do not open any more
   */
  public Map<UUID, Renewed> renew(Connection connection, Family family, List<UUID> ids)
      throws SQLException {
    Map<UUID, PersonKeyRow> newest = new HashMap<>();
    for (PersonKeyRow row : repository.lock(connection, family, ids)) {
      newest.merge(row.ref().id(), row, (a, b) -> a.ref().version() > b.ref().version() ? a : b);
    }
    Map<UUID, Renewed> renewed = new HashMap<>();
    List<PersonKeyRow> rows = new ArrayList<>();
    for (PersonKeyRow row : newest.values()) {
      try (PurposeKey open = branches.use(() -> row, (ring, it) -> open(ring, family, it))) {
        if (open.exists()) {
          int from = row.ref().version();
          KeyRef next = new KeyRef(row.ref().id(), from + 1);
          rows.add(branches.use(ring -> fresh(ring, family, next, open.decoy())));
          renewed.put(next.id(), new Renewed(from, next.version()));
        }
      }
    }
    repository.add(connection, family, rows);
    return renewed;
  }

  /** A version with the one that replaces it. */
  public record Renewed(int from, int to) {}

  private PersonKeyRow fresh(BranchRing ring, Family family, KeyRef ref, boolean decoy) {
    byte[] key = new byte[KeyCapsule.KEY_LENGTH];
    random.nextBytes(key);
    try {
      return wrap(ring, new Order(family, 1, Set.of(), decoy), ref, key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Puts versions aside that were replaced: only {@link #unwrapReplaced} opens them. */
  public void putAside(Connection connection, Family family, List<KeyRef> versions)
      throws SQLException {
    repository.putAside(connection, family, versions);
  }

  /** Like {@link #unwrap}, of keys that are being replaced or were, in all their versions. */
  public List<PurposeKey> unwrapReplaced(Purpose purpose, List<KeyRef> refs) {
    return branches.use(
        () -> {
          Map<KeyRef, PersonKeyRow> rows = repository.findReplaced(purpose.family(), refs);
          removeDestroyed(purpose.family(), rows);
          return rows;
        },
        (ring, rows) -> open(ring, purpose, refs, rows));
  }

  private void removeDestroyed(Family family, Map<KeyRef, PersonKeyRow> rows) {
    Kind kind = kind(family);
    rows.keySet().removeIf(ref -> ledger.find(kind, ref.id()).isPresent());
  }

  /** The ids of all keys that the ledger says are destroyed. */
  public List<UUID> destroyed(Family family) {
    List<UUID> destroyed = new ArrayList<>();
    Kind kind = kind(family);
    repository.forEachId(
        family,
        id -> {
          if (ledger.isDestroyed(kind, id)) {
            destroyed.add(id);
          }
        });
    return destroyed;
  }

  /** How many of the keys made so far are decoys: which, no table says. */
  public long decoys(Family family) {
    return repository.decoys(family);
  }

  private PersonKeyRow withoutKey(PersonKeyRow row) {
    byte[] nothing = new byte[row.wrapped().length];
    random.nextBytes(nothing);
    return new PersonKeyRow(row.ref(), row.branch(), nothing);
  }

  private static Kind kind(Family family) {
    return switch (family) {
      case SUBJECT -> Kind.SUBJECT;
      case PSEUDONYM -> Kind.PSEUDONYM;
      case DATASET -> throw new IllegalArgumentException("dataset keys are nobody's");
    };
  }

  private static PersonKeyRow wrap(BranchRing ring, Order order, KeyRef ref, byte[] key) {
    byte[] capsule = KeyCapsule.of(key, order.decoys());
    try {
      WrappingKey branch = ring.anyOf(order.family().label());
      return new PersonKeyRow(ref, branch.ref(), branch.wrap(ref, order.family().label(), capsule));
    } finally {
      Arrays.fill(capsule, (byte) 0);
    }
  }

  private static List<PurposeKey> open(
      BranchRing ring, Purpose purpose, List<KeyRef> refs, Map<KeyRef, PersonKeyRow> rows) {
    List<PurposeKey> opened = new ArrayList<>(refs.size());
    try {
      refs.forEach(ref -> opened.add(open(ring, purpose, ref, rows.get(ref))));
      return opened;
    } catch (RuntimeException e) {
      opened.forEach(PurposeKey::close);
      throw e;
    }
  }

  private static PurposeKey open(
      BranchRing ring, Purpose purpose, KeyRef ref, @Nullable PersonKeyRow row) {
    if (row == null) {
      return PurposeKey.none(ref);
    }
    try (PurposeKey whole = open(ring, purpose.family(), row)) {
      byte[] key = whole.key();
      if (key == null) {
        return whole;
      }
      try (DerivationKey parent = DerivationKey.takeOwnershipOf(ref, key)) {
        return new PurposeKey(ref, parent.derive(purpose.label()), whole.decoy());
      }
    }
  }

  /** The key that all purposes come from; the caller closes it. */
  private static PurposeKey open(BranchRing ring, Family family, PersonKeyRow row) {
    try {
      byte[] capsule = ring.get(row.branch()).unwrap(row.ref(), family.label(), row.wrapped());
      try {
        return new PurposeKey(row.ref(), KeyCapsule.key(capsule), KeyCapsule.isDecoy(capsule));
      } finally {
        Arrays.fill(capsule, (byte) 0);
      }
    } catch (KeyNotUnwrappedException e) {
      // Random bytes: the key was destroyed.
      return PurposeKey.none(row.ref());
    }
  }

  /** Takes the key: zeroed when this returns. */
  private static Map<Purpose, byte[]> derive(KeyRef ref, byte[] key, Set<Purpose> purposes) {
    Map<Purpose, byte[]> derived = new EnumMap<>(Purpose.class);
    try (DerivationKey parent = DerivationKey.takeOwnershipOf(ref, key)) {
      for (Purpose purpose : purposes) {
        derived.put(purpose, parent.derive(purpose.label()));
      }
    }
    return derived;
  }
}
