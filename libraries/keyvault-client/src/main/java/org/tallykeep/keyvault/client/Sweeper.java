package org.tallykeep.keyvault.client;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Closes old handles also when nobody asks for new ones. */
@Singleton
final class Sweeper {

  private static final Logger LOG = Logger.getLogger(Sweeper.class);
  private static final int SECONDS = 5;

  private final KeyVault keyVault;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("key-handles").daemon().factory());

  Sweeper(KeyVault keyVault) {
    this.keyVault = keyVault;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // runs until the service stops
  void start(@Observes StartupEvent started) {
    timer.scheduleWithFixedDelay(this::sweep, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  void stop(@Observes ShutdownEvent stopping) {
    timer.shutdownNow();
  }

  private void sweep() {
    try {
      keyVault.sweep();
    } catch (RuntimeException e) {
      // An exception would end the timer, and with it the promise of an age.
      LOG.error("Old key handles could not be closed", e);
    }
  }
}
