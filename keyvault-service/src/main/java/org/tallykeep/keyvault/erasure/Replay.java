package org.tallykeep.keyvault.erasure;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.event.KeyEvent;
import org.tallykeep.keyvault.event.Pulse;
import org.tallykeep.keyvault.revocation.LedgerBroken;
import org.tallykeep.keyvault.revocation.LedgerMemory;
import org.tallykeep.keyvault.revocation.RevocationLedger;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Before anything is opened the ledger is read and done: a database that was set back to before an
 * erasure holds keys that must not come back. Not ready until then; when the ledger is not the one
 * that is remembered it ends, or waits for officers without ever being ready.
 */
@Readiness
@Singleton
final class Replay implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(Replay.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final RevocationLedger ledger;
  private final LedgerMemory memory;
  private final AfterRestore restore;
  private final BrokenLedger broken;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("revocations").factory());

  Replay(
      RevocationLedger ledger,
      LedgerMemory memory,
      AfterRestore restore,
      BrokenLedger broken,
      Pulse pulse) {
    this.ledger = ledger;
    this.memory = memory;
    this.restore = restore;
    this.broken = broken;
    pulse.listen(new OfOthers());
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("revocation ledger").status(ledger.isReplayed()).build();
  }

  void onStart(@Observes StartupEvent starting) {
    thread.execute(this::tryReplay);
  }

  void onStop(@Observes ShutdownEvent stopping) {
    thread.shutdownNow();
  }

  private void tryReplay() {
    try {
      replay();
    } catch (LedgerBroken e) {
      if (broken.isWaitedFor(e)) {
        try {
          prepareForOfficers(e);
        } finally {
          again();
        }
      }
    } catch (Unavailable e) {
      LOG.warnf("The revocation ledger is not read yet: %s", e.getMessage());
      again();
    } catch (RuntimeException e) {
      LOG.error("The revocation ledger cannot be done", e);
      broken.end("The revocation ledger cannot be done; see the log.");
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // tried again until it is done
  private void again() {
    if (!thread.isShutdown()) {
      thread.schedule(this::tryReplay, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void replay() {
    ledger.read();
    memory.compare();
    ledger.catchUp();
    restore.mend();
    long overwritten = restore.overwriteAll();
    ledger.replayed();
    LOG.infof(
        "The revocation ledger has %d destroyed keys; %d of them were in the database again",
        ledger.size(), overwritten);
  }

  /** Who comes to override it is written down, and must not be frozen: before anybody can. */
  private void prepareForOfficers(LedgerBroken how) {
    try {
      restore.mendForOfficers();
      broken.tell(how);
    } catch (Unavailable e) {
      LOG.warnf("The database is not made ready for officers yet: %s", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("The database cannot be made ready for officers", e);
    }
  }

  /** What another replica destroyed is in the ledger before its event is. */
  private final class OfOthers implements Pulse.Listener {

    @Override
    public void begin() {}

    @Override
    public void heard(KeyEvent event) {
      if (event.kind() == KeyEvent.Kind.DESTROYED && ledger.isReplayed()) {
        thread.execute(this::catchUp);
      }
    }

    private void catchUp() {
      try {
        ledger.catchUp();
      } catch (Unavailable e) {
        // The rows are overwritten; what is missed here is read with the next minute.
        LOG.warnf("The revocation ledger is not read on: %s", e.getMessage());
      }
    }
  }
}
