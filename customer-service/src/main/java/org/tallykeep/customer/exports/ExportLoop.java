package org.tallykeep.customer.exports;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Looks for exports to be made, and for files whose time has come. */
@Singleton
final class ExportLoop {

  private static final Logger LOG = Logger.getLogger(ExportLoop.class);

  private final ExportWorker worker;

  ExportLoop(ExportWorker worker) {
    this.worker = worker;
  }

  void stop(@Observes ShutdownEvent event) {
    worker.stop();
  }

  @Scheduled(
      every = "${tallykeep.export-jobs.check-every:1s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void makeAll() {
    quietly(
        () -> {
          boolean more = true;
          while (more && !worker.stopping()) {
            more = worker.takeOne();
          }
        });
  }

  @Scheduled(
      every = "${tallykeep.export-jobs.check-every:1s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void lookAtGrants() {
    quietly(worker::lookAtGrants);
  }

  @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void cleanUp() {
    quietly(worker::cleanUp);
  }

  private void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (!worker.stopping()) {
        LOG.warnf("Exports are looked after later: %s", e.getMessage());
      }
    }
  }
}
