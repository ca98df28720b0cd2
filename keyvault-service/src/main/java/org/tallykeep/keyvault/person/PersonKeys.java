package org.tallykeep.keyvault.person;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.branch.BranchDemand;
import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.branch.StaleBranches;
import org.tallykeep.keyvault.branch.WrappedTable;

/**
 * Makes and opens the keys of persons and pseudonyms; newer versions of them are {@link
 * ReplacedKeys}'. The keys themselves never leave this package.
 */
@Singleton
public final class PersonKeys {

  /** So that one branch key in wrong hands concerns one person in 256. */
  private static final int BRANCHES = 256;

  private final PersonKeyRepository repository;
  private final LivingRows living;
  private final BranchKeys branches;
  private final SecureRandom random = new SecureRandom();

  PersonKeys(PersonKeyRepository repository, LivingRows living, BranchKeys branches) {
    this.repository = repository;
    this.living = living;
    this.branches = branches;
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
            byte[] key = PersonKeyWrapping.newKey(random);
            rows.add(PersonKeyWrapping.wrap(ring, order.family(), ref, key, order.decoys()));
            keys.add(new NewKey(ref, PersonKeyWrapping.derive(ref, key, order.purposes())));
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
        () -> living.find(purpose.family(), refs),
        (ring, rows) -> PersonKeyWrapping.open(ring, purpose, refs, rows));
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
      try (PurposeKey open =
          branches.use(() -> row, (ring, it) -> PersonKeyWrapping.open(ring, family, it))) {
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

  /** The ids of all keys that the ledger says are destroyed. */
  public List<UUID> destroyed(Family family) {
    return living.destroyed(family);
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
}
