package org.tallykeep.customer.jobs;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Has jobs taken as soon as this replica is given one, and looks for those of others. */
@Singleton
final class JobLoop {

  private static final Logger LOG = Logger.getLogger(JobLoop.class);
  private static final long LONGEST_STOP_MILLIS = 5_000;

  private final JobWorker worker;
  private final JobsConfig config;
  private final Semaphore news = new Semaphore(0);
  private @Nullable Thread thread;
  private volatile boolean stopping;

  JobLoop(JobWorker worker, JobsConfig config) {
    this.worker = worker;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    if (config.enabled()) {
      thread = Thread.ofPlatform().name("import-jobs").daemon().start(this::run);
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    worker.stop();
    news.release();
    Thread started = thread;
    if (started != null) {
      started.join(LONGEST_STOP_MILLIS);
    }
  }

  /** There is a new job. */
  void announce() {
    news.release();
  }

  private void run() {
    try {
      while (!stopping) {
        if (!takeOne()) {
          news.tryAcquire(config.poll().toMillis(), TimeUnit.MILLISECONDS);
          news.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean takeOne() {
    try {
      return worker.takeOne();
    } catch (RuntimeException | StackOverflowError e) {
      // Whatever it was, the next job is taken.
      if (!stopping) {
        LOG.warnf("Import jobs are looked for later: %s", e.getMessage());
      }
      return false;
    }
  }

  @Scheduled(
      every = "10m",
      delayed = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void cleanUp() {
    try {
      worker.cleanUp();
    } catch (RuntimeException e) {
      LOG.warnf("Import jobs are cleaned up later: %s", e.getMessage());
    }
  }
}
