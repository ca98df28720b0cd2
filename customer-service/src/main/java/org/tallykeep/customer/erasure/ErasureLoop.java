package org.tallykeep.customer.erasure;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Goes on with erasures that were cut off, here or at another replica. */
@Singleton
final class ErasureLoop {

  private static final Logger LOG = Logger.getLogger(ErasureLoop.class);

  private final Erasures erasures;
  private final CustomerEnd end;
  private volatile boolean stopping;

  ErasureLoop(Erasures erasures, CustomerEnd end) {
    this.erasures = erasures;
    this.end = end;
  }

  void onStop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  /** One that fails stops none behind it. */
  @Scheduled(
      every = "${tallykeep.erasure.check-every:30s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void goOn() {
    try {
      for (UUID id : erasures.open()) {
        if (!stopping) {
          finish(id);
        }
      }
    } catch (RuntimeException e) {
      say(e);
    }
  }

  private void finish(UUID id) {
    try {
      erasures.find(id).ifPresent(end::finish);
    } catch (RuntimeException e) {
      say(e);
    }
  }

  private void say(RuntimeException failure) {
    if (!stopping) {
      LOG.warnf("An erasure goes on later: %s", failure.getMessage());
    }
  }
}
