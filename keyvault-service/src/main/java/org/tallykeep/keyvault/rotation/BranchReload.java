package org.tallykeep.keyvault.rotation;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.event.KeyEvent;
import org.tallykeep.keyvault.event.Pulse;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Loads the branch keys anew when another replica, or this one, rotated them: so that new keys are
 * wrapped under new versions soon, and those that are gone leave the memory.
 */
@Singleton
final class BranchReload implements Pulse.Listener {

  private static final Logger LOG = Logger.getLogger(BranchReload.class);

  private final BranchKeys branches;

  /** Not the thread that listens: while the root is asked, it has to go on hearing. */
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("branch-reload").factory());

  BranchReload(BranchKeys branches) {
    this.branches = branches;
  }

  void onStart(@Observes StartupEvent starting, Pulse pulse) {
    pulse.listen(this);
  }

  void onStop(@Observes ShutdownEvent stopping) {
    thread.shutdownNow();
  }

  @Override
  public void begin() {}

  @Override
  public void heard(KeyEvent event) {
    if (event.kind() == KeyEvent.Kind.ROTATED && event.scope().equals(BranchSteps.SCOPE)) {
      thread.execute(this::reload);
    }
  }

  private void reload() {
    try {
      branches.reload();
    } catch (Unavailable e) {
      // Those in memory serve for their age, or until something needs the new ones.
      LOG.warnf("Rotated branch keys are loaded later: %s", e.kind().name());
    }
  }
}
