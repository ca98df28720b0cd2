package org.tallykeep.keyvault.rotation;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.platform.problem.Unavailable;

/** Begins what is due, on whichever replica looks first. */
@Singleton
class ScheduledRotations {

  private static final Logger LOG = Logger.getLogger(ScheduledRotations.class);
  private static final String SCHEDULE = "schedule";

  private final Database database;
  private final RotationRepository repository;
  private final DueRotations due;
  private final Beginning beginning;
  private final Clock clock;

  /** How rotations begin. */
  @Singleton
  record Beginning(Rotations rotations, RotationRunner runner) {}

  ScheduledRotations(
      Database database,
      RotationRepository repository,
      DueRotations due,
      Beginning beginning,
      Clock clock) {
    this.database = database;
    this.repository = repository;
    this.due = due;
    this.beginning = beginning;
    this.clock = clock;
  }

  @Scheduled(
      every = "{tallykeep.rotation.due-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void beginDue() {
    try {
      database.transaction(
          connection -> {
            if (repository.tryLock(connection)) {
              Instant now = clock.instant();
              due.begin(connection, now);
              for (DueRotations.Subject subject : due.due(connection, now)) {
                begin(connection, subject);
              }
            }
            return true;
          });
    } catch (Unavailable e) {
      LOG.warnf("Due rotations are begun later: %s", e.kind().name());
    }
  }

  private void begin(Connection connection, DueRotations.Subject subject) throws SQLException {
    if (subject.purpose().isPresent()) {
      try {
        beginning
            .rotations()
            .rotate(
                connection, subject.purpose().get(), new IndexRotations.Asking(SCHEDULE, false));
        LOG.infof("The key of %s was due to be turned over", subject.name());
      } catch (RotationRefused e) {
        LOG.debugf("The rotation of %s waits: %s", subject.name(), e.getMessage());
      }
    } else {
      LOG.infof("The rotation of %s is due", subject.name());
      RotationSteps steps = beginning.runner().stepsOf(subject.kind());
      beginning.rotations().start(connection, subject.kind(), steps, SCHEDULE);
    }
  }
}
