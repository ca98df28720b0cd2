package org.tallykeep.customer.erasure;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Before anybody is served or anything is taken, what a restore has brought back is erased anew.
 * Not ready until then; while the key service is away it tries on.
 */
@Singleton
final class ReplayAtStart {

  private static final Logger LOG = Logger.getLogger(ReplayAtStart.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** Before the scheduler starts, and all else that begins by itself. */
  private static final int FIRST_OF_ALL = -1_000;

  private final Replay replay;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("erasures").factory());
  private volatile boolean done;

  ReplayAtStart(Replay replay) {
    this.replay = replay;
  }

  void onStart(@Observes @Priority(FIRST_OF_ALL) StartupEvent starting) {
    attempt();
  }

  void onStop(@Observes ShutdownEvent stopping) {
    thread.shutdownNow();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // tried again until it is done
  private void attempt() {
    try {
      replay.run();
      done = true;
    } catch (RuntimeException e) {
      if (!thread.isShutdown()) {
        LOG.warnf("Erasures are not replayed yet: %s", e.getMessage());
        thread.schedule(this::attempt, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  /** For a database that was set back while the service ran. */
  @Scheduled(
      cron = "${tallykeep.erasure.replay-cron:0 47 3 * * ?}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void onceADay() {
    try {
      replay.run();
    } catch (RuntimeException e) {
      LOG.warnf("Erasures are replayed another day: %s", e.getMessage());
    }
  }

  boolean isDone() {
    return done;
  }

  /**
   * @throws Unavailable until it is done
   */
  void requireDone() {
    if (!done) {
      throw new Unavailable(
          "erasures-not-replayed",
          "It is not certain yet that nobody who was erased is back. Try again in a moment.",
          AGAIN,
          null);
    }
  }
}
