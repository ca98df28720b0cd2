package org.tallykeep.keyvault.dataset;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MessageLease;
import org.tallykeep.envelope.WrappingKey;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.branch.BranchRing;
import org.tallykeep.keyvault.branch.StaleBranches;
import org.tallykeep.keyvault.platform.Database;

/** The keys of datasets: one version at a time seals, counted; all live versions open. */
@Singleton
public final class DatasetKeys {

  private static final Logger LOG = Logger.getLogger(DatasetKeys.class);
  private static final int KEY_LENGTH = 32;

  private final Database database;
  private final DatasetRepository repository;
  private final BranchKeys branches;
  private final DatasetConfig config;
  private final SecureRandom random = new SecureRandom();

  DatasetKeys(
      Database database, DatasetRepository repository, BranchKeys branches, DatasetConfig config) {
    this.database = database;
    this.repository = repository;
    this.branches = branches;
    this.config = config;
  }

  /**
   * The current version, with so many messages counted as spent. When it has no room for them a new
   * version takes over.
   *
   * @param messages 0 to {@link MessageLease#MAX_MESSAGES}; 0 for keys that only authenticate
   */
  public DatasetKey lease(Purpose purpose, long messages) {
    if (messages < 0 || messages > Math.min(MessageLease.MAX_MESSAGES, config.turnoverAt())) {
      throw new IllegalArgumentException("not a lease: " + messages + " messages");
    }
    return branches.use(ring -> open(ring, purpose, grant(ring, purpose, messages)));
  }

  /** All versions that still open something, or those of them that are asked for. */
  public List<DatasetKey> live(Purpose purpose, Set<Integer> versions) {
    return branches.use(
        ring -> {
          List<DatasetRow> rows = database.statement(c -> repository.live(c, purpose));
          if (rows.isEmpty()) {
            rows = List.of(grant(ring, purpose, 0));
          }
          return rows.stream()
              .filter(row -> versions.isEmpty() || versions.contains(row.ref().version()))
              .map(row -> open(ring, purpose, row))
              .toList();
        });
  }

  /**
   * Makes a new version that seals from now on; those before still open. In the caller's
   * transaction, so that others hear of it when it is there.
   */
  public KeyRef turnOver(Connection connection, Purpose purpose) throws SQLException {
    repository.lock(connection, purpose);
    int version = repository.lastVersion(connection, purpose) + 1;
    DatasetRow next = branches.use(ring -> create(ring, purpose, version));
    try {
      repository.replaceActive(connection, purpose, next);
    } catch (StaleBranches e) {
      branches.reload();
      next = branches.use(ring -> create(ring, purpose, version));
      repository.replaceActive(connection, purpose, next);
    }
    LOG.infof("The %s key is now version %d", purpose.label(), version);
    return next.ref();
  }

  /**
   * Hands out no version before that one any more, which has taken over from them. In the caller's
   * transaction, so that others hear of it when it is so.
   *
   * @param kept those that are handed out as before
   */
  public void suspendBefore(Connection connection, Purpose purpose, int version, Set<Integer> kept)
      throws SQLException {
    repository.lock(connection, purpose);
    repository.suspendBefore(connection, purpose, version, kept);
  }

  /**
   * Brings back the version before that one, which is the newest.
   *
   * @return false when there is none to bring back, or it is not the newest
   */
  public boolean resumeBefore(Connection connection, Purpose purpose, int version)
      throws SQLException {
    repository.lock(connection, purpose);
    return repository.lastVersion(connection, purpose) == version
        && repository.resume(connection, purpose, version - 1);
  }

  /** Whether the version before that one, which is the newest, was kept as it was. */
  public boolean isKeptBefore(Connection connection, Purpose purpose, int version)
      throws SQLException {
    return repository.lastVersion(connection, purpose) == version
        && repository.live(connection, purpose).stream()
            .anyMatch(row -> row.ref().version() == version - 1);
  }

  /** Whether there is a version that could be brought back. */
  public boolean isAnySuspended(Connection connection, Purpose purpose) throws SQLException {
    return repository.isAnySuspended(connection, purpose);
  }

  /** Ends what was suspended before that version: the rows hold random bytes from then on. */
  public void destroySuspendedBefore(Connection connection, Purpose purpose, int version)
      throws SQLException {
    repository.lock(connection, purpose);
    if (repository.destroyBefore(connection, purpose, version, random) > 0) {
      LOG.infof("Versions of the %s key before %d are destroyed", purpose.label(), version);
    }
  }

  private DatasetRow grant(BranchRing ring, Purpose purpose, long messages) {
    return database
        .statement(c -> granted(c, purpose, messages))
        .orElseGet(() -> database.transaction(c -> turnOver(c, ring, purpose, messages)));
  }

  private DatasetRow turnOver(
      Connection connection, BranchRing ring, Purpose purpose, long messages) throws SQLException {
    repository.lock(connection, purpose);
    // Asked again under the lock: somebody else may have made the new version meanwhile.
    Optional<DatasetRow> found = granted(connection, purpose, messages);
    if (found.isPresent()) {
      return found.get();
    }
    int version = repository.lastVersion(connection, purpose) + 1;
    repository.replaceActive(connection, purpose, create(ring, purpose, version));
    LOG.infof("The %s key is now version %d", purpose.label(), version);
    return granted(connection, purpose, messages)
        .orElseThrow(() -> new IllegalStateException("a new version without room for a lease"));
  }

  /** A lease of nothing changes nothing, so it must not wait in line for the row either. */
  private Optional<DatasetRow> granted(Connection connection, Purpose purpose, long messages)
      throws SQLException {
    return messages == 0
        ? repository.active(connection, purpose)
        : repository.grant(connection, purpose, messages, config.turnoverAt());
  }

  private DatasetRow create(BranchRing ring, Purpose purpose, int version) {
    KeyRef ref = new KeyRef(UUID.randomUUID(), version);
    WrappingKey branch = ring.anyOf(DatasetBranches.kind(purpose));
    byte[] key = new byte[KEY_LENGTH];
    random.nextBytes(key);
    try {
      byte[] wrapped = branch.wrap(ref, DatasetBranches.kind(purpose), key);
      return new DatasetRow(ref, branch.ref(), DatasetKey.State.ACTIVE, wrapped);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static DatasetKey open(BranchRing ring, Purpose purpose, DatasetRow row) {
    byte[] key =
        ring.get(row.branch()).unwrap(row.ref(), DatasetBranches.kind(purpose), row.wrapped());
    return new DatasetKey(row.ref(), key, row.state());
  }
}
