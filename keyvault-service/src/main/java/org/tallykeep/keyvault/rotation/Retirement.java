package org.tallykeep.keyvault.rotation;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.branch.RootTurn;
import org.tallykeep.keyvault.dataset.DatasetKeys;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Ends older versions of the root key and of the index key once the last backup that may need them
 * has expired.
 */
@Singleton
class Retirement {

  private static final Logger LOG = Logger.getLogger(Retirement.class);

  private final Database database;
  private final RotationRepository rotations;
  private final Root root;
  private final DatasetKeys datasets;
  private final Timing timing;

  /** The root key, and which of its versions are there for backups only. */
  @Singleton
  record Root(RootVersions versions, RootTurn turn) {}

  /** The time, and how long backups are kept. */
  @Singleton
  record Timing(Clock clock, BackupConfig backup) {}

  Retirement(
      Database database,
      RotationRepository rotations,
      Root root,
      DatasetKeys datasets,
      Timing timing) {
    this.database = database;
    this.rotations = rotations;
    this.root = root;
    this.datasets = datasets;
    this.timing = timing;
  }

  @Scheduled(
      every = "{tallykeep.rotation.retire-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void retire() {
    retire("root", this::retireRoot);
    retire("index", (connection, now, expired) -> retireIndex(connection, expired));
  }

  /** In a transaction under the lock of rotations. */
  @FunctionalInterface
  private interface Ending {
    void of(Connection connection, Instant now, Instant expired) throws SQLException;
  }

  /** Each by itself: while Vault is away the others end all the same. */
  private void retire(String what, Ending ending) {
    try {
      database.transaction(
          connection -> {
            if (rotations.tryLock(connection)) {
              Instant now = timing.clock().instant();
              ending.of(connection, now, now.minus(timing.backup().retention()));
            }
            return true;
          });
    } catch (Unavailable e) {
      LOG.warnf("Old versions of the %s key are not ended yet: %s", what, e.kind().name());
    }
  }

  private void retireRoot(Connection connection, Instant now, Instant expired) throws SQLException {
    OptionalInt last = root.versions().toRetire(connection, expired);
    if (last.isPresent()) {
      root.turn().retireBefore(connection, last.getAsInt() + 1);
      root.versions().retired(connection, last.getAsInt(), now);
      LOG.infof("Root key versions up to %d open nothing any more", last.getAsInt());
    }
  }

  private void retireIndex(Connection connection, Instant expired) throws SQLException {
    Optional<Rotation> last =
        rotations.lastDoneBefore(
            connection, Rotation.Kind.DATASET, Optional.of(Purpose.INDEX), expired);
    if (last.isPresent()) {
      datasets.destroySuspendedBefore(
          connection, Purpose.INDEX, last.get().progress().version().orElseThrow());
    }
  }
}
