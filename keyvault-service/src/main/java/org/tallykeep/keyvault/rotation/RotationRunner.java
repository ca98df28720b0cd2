package org.tallykeep.keyvault.rotation;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.branch.StaleBranches;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Goes on with rotations, on every replica, one at a time. A step, or a portion of one, is one
 * transaction on one connection that also holds the lock and notes the progress: whoever dies
 * leaves nothing half done and no lock behind, and anybody goes on.
 */
@Singleton
class RotationRunner {

  private static final Logger LOG = Logger.getLogger(RotationRunner.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Database database;
  private final RotationRepository repository;
  private final RootSteps root;
  private final BranchSteps branches;
  private final Clock clock;
  private volatile boolean stopping;

  RotationRunner(
      Database database,
      RotationRepository repository,
      RootSteps root,
      BranchSteps branches,
      Clock clock) {
    this.database = database;
    this.repository = repository;
    this.root = root;
    this.branches = branches;
    this.clock = clock;
  }

  void onStop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  /** As far as it goes without waiting. */
  @Scheduled(
      every = "{tallykeep.rotation.check-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void run() {
    boolean more = true;
    while (more && !stopping) {
      more = step();
    }
  }

  /** One step, or a portion; false when there is none to be done, or another replica is at it. */
  boolean step() {
    AtomicReference<Rotation> at = new AtomicReference<>();
    try {
      return database.transaction(connection -> advance(connection, at));
    } catch (Unavailable | StaleBranches e) {
      String why = e instanceof Unavailable away ? away.kind().name() : "branches-changed";
      LOG.warnf("A rotation is tried again in %s: %s", PAUSE, why);
      note(at.get(), progress -> progress.again(clock.instant().plus(PAUSE), why));
      return false;
    } catch (RuntimeException e) {
      LOG.error("A rotation failed", e);
      note(at.get(), progress -> progress.failed(clock.instant(), "unexpected-failure"));
      return true;
    }
  }

  boolean advance(java.sql.Connection connection, AtomicReference<Rotation> at)
      throws java.sql.SQLException {
    if (!repository.tryLock(connection)) {
      return false;
    }
    Optional<Rotation> due = repository.nextDue(connection, clock.instant());
    if (due.isEmpty()) {
      return false;
    }
    Rotation rotation = due.get();
    at.set(rotation);
    Progress next = stepsOf(rotation.kind()).advance(connection, rotation);
    repository.save(connection, rotation.with(next));
    if (next.state().isOver()) {
      LOG.infof("The rotation of %s is %s", rotation.kind().label(), next.state().label());
    }
    return true;
  }

  RotationSteps stepsOf(Rotation.Kind kind) {
    return switch (kind) {
      case ROOT -> root;
      case BRANCHES -> branches;
      case DATASET ->
          throw new IllegalStateException("no runner goes on with a dataset's rotation");
    };
  }

  /** Unless another replica has gone on with it meanwhile. */
  private void note(
      @org.jspecify.annotations.Nullable Rotation tried, Function<Progress, Progress> change) {
    if (tried == null) {
      return;
    }
    try {
      database.transaction(
          connection -> {
            repository.lock(connection);
            Optional<Rotation> now = repository.find(connection, tried.id());
            if (now.filter(tried::equals).isPresent()) {
              repository.save(connection, tried.with(change.apply(tried.progress())));
            }
            return true;
          });
    } catch (Unavailable e) {
      LOG.warn("A rotation's failure cannot be noted: the database is away");
    }
  }
}
