package org.tallykeep.keyvault.rotation;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.dataset.DatasetKeys;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.platform.problem.Unavailable;

/** Ends older versions of the index key once the last backup that may need them has expired. */
@Singleton
class IndexRetirement {

  private static final Logger LOG = Logger.getLogger(IndexRetirement.class);

  private final Database database;
  private final RotationRepository rotations;
  private final DatasetKeys keys;
  private final RootRetirement.Timing timing;

  IndexRetirement(
      Database database,
      RotationRepository rotations,
      DatasetKeys keys,
      RootRetirement.Timing timing) {
    this.database = database;
    this.rotations = rotations;
    this.keys = keys;
    this.timing = timing;
  }

  @Scheduled(
      every = "{tallykeep.rotation.retire-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void retire() {
    try {
      database.transaction(this::retire);
    } catch (Unavailable e) {
      LOG.warnf("Old versions of the index key are ended later: %s", e.kind().name());
    }
  }

  private boolean retire(Connection connection) throws SQLException {
    if (!rotations.tryLock(connection)) {
      return false;
    }
    Instant expired = timing.clock().instant().minus(timing.backup().retention());
    Optional<Rotation> last =
        rotations.lastDoneBefore(
            connection, Rotation.Kind.DATASET, Optional.of(Purpose.INDEX), expired);
    if (last.isPresent()) {
      keys.destroySuspendedBefore(
          connection, Purpose.INDEX, last.get().progress().version().orElseThrow());
    }
    return true;
  }
}
