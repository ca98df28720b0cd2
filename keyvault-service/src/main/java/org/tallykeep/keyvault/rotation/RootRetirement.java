package org.tallykeep.keyvault.rotation;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalInt;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.branch.RootTurn;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.platform.problem.Unavailable;

/** Ends versions of the root key once the last backup that needs them has expired. */
@Singleton
class RootRetirement {

  private static final Logger LOG = Logger.getLogger(RootRetirement.class);

  private final Database database;
  private final RotationRepository rotations;
  private final RootVersions versions;
  private final RootTurn root;
  private final Timing timing;

  /** The time, and how long backups are kept. */
  @Singleton
  record Timing(Clock clock, BackupConfig backup) {}

  RootRetirement(
      Database database,
      RotationRepository rotations,
      RootVersions versions,
      RootTurn root,
      Timing timing) {
    this.database = database;
    this.rotations = rotations;
    this.versions = versions;
    this.root = root;
    this.timing = timing;
  }

  @Scheduled(
      every = "{tallykeep.rotation.retire-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void retire() {
    try {
      database.transaction(
          connection -> {
            if (!rotations.tryLock(connection)) {
              return false;
            }
            Instant now = timing.clock().instant();
            OptionalInt last =
                versions.toRetire(connection, now.minus(timing.backup().retention()));
            if (last.isPresent()) {
              root.retireBefore(connection, last.getAsInt() + 1);
              versions.retired(connection, last.getAsInt(), now);
              LOG.infof("Root key versions up to %d open nothing any more", last.getAsInt());
            }
            return true;
          });
    } catch (Unavailable e) {
      LOG.warnf("Old root key versions are not retired yet: %s", e.kind().name());
    }
  }
}
