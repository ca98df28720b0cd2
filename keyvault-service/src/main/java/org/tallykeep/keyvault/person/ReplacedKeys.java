package org.tallykeep.keyvault.person;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.branch.BranchRing;
import org.tallykeep.keyvault.branch.WrappedTable;

/** Newer versions of the keys of persons and pseudonyms, and what becomes of the older ones. */
@Singleton
public final class ReplacedKeys {

  private final PersonKeyRepository repository;
  private final LivingRows living;
  private final BranchKeys branches;
  private final SecureRandom random = new SecureRandom();

  ReplacedKeys(PersonKeyRepository repository, LivingRows living, BranchKeys branches) {
    this.repository = repository;
    this.living = living;
    this.branches = branches;
  }

  @Produces
  @Singleton
  static WrappedTable table() {
    return new WrappedTable("compromised_key", "t.kind");
  }

  /**
   * Makes the next version of keys, decoys as decoys. In the caller's transaction. Pseudonyms get
   * one above all there are: one that was touched more often than others would stand out by it.
   *
   * @return by id, the version before and the new one; without those that do not open any more
   */
  public Map<UUID, Renewed> renew(Connection connection, Family family, List<UUID> ids)
      throws SQLException {
    int highest = family == Family.PSEUDONYM ? repository.highestVersion(connection, family) : 0;
    Map<UUID, Renewed> renewed = new HashMap<>();
    List<PersonKeyRow> rows = new ArrayList<>();
    for (PersonKeyRow row : newest(connection, family, ids).values()) {
      try (PurposeKey open = open(family, row)) {
        if (open.exists()) {
          int from = row.ref().version();
          KeyRef next = new KeyRef(row.ref().id(), Math.max(from, highest) + 1);
          rows.add(branches.use(ring -> fresh(ring, family, next, open.decoy())));
          renewed.put(next.id(), new Renewed(from, next.version()));
        }
      }
    }
    repository.add(connection, family, rows);
    return renewed;
  }

  /** Those that do not open any more, and do not until the transaction ends. */
  public List<UUID> destroyed(Connection connection, Family family, List<UUID> ids)
      throws SQLException {
    Map<UUID, PersonKeyRow> newest = newest(connection, family, ids);
    List<UUID> destroyed = new ArrayList<>();
    for (UUID id : ids) {
      PersonKeyRow row = newest.get(id);
      try (PurposeKey open = row == null ? null : open(family, row)) {
        if (open == null || !open.exists()) {
          destroyed.add(id);
        }
      }
    }
    return destroyed;
  }

  /** The newest version of each, which nobody changes until the transaction ends. */
  private Map<UUID, PersonKeyRow> newest(Connection connection, Family family, List<UUID> ids)
      throws SQLException {
    Map<UUID, PersonKeyRow> newest = new HashMap<>();
    for (PersonKeyRow row : repository.lock(connection, family, ids)) {
      newest.merge(row.ref().id(), row, (a, b) -> a.ref().version() > b.ref().version() ? a : b);
    }
    return newest;
  }

  private PurposeKey open(Family family, PersonKeyRow row) {
    return branches.use(() -> row, (ring, it) -> PersonKeyWrapping.open(ring, family, it));
  }

  /** A version with the one that replaces it. */
  public record Renewed(int from, int to) {}

  private PersonKeyRow fresh(BranchRing ring, Family family, KeyRef ref, boolean decoy) {
    byte[] key = PersonKeyWrapping.newKey(random);
    try {
      return PersonKeyWrapping.wrap(ring, family, ref, key, decoy);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Puts versions aside that were replaced: only {@link #unwrap} opens them. */
  public void putAside(Connection connection, Family family, List<KeyRef> versions)
      throws SQLException {
    repository.putAside(connection, family, versions);
  }

  /** Opens keys that are being replaced or were, in all their versions, for one purpose. */
  public List<PurposeKey> unwrap(Purpose purpose, List<KeyRef> refs) {
    return branches.use(
        () -> living.findReplaced(purpose.family(), refs),
        (ring, rows) -> PersonKeyWrapping.open(ring, purpose, refs, rows));
  }
}
