package org.tallykeep.keyvault.incident;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.audit.AuditEvent;
import org.tallykeep.keyvault.audit.AuditTrail;
import org.tallykeep.keyvault.freeze.Freezes;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.revocation.FreezeLedger;
import org.tallykeep.keyvault.revocation.LedgerFreeze;
import org.tallykeep.keyvault.revocation.RevocationLedger;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Brings the database's freezes in line with the ledger: one that was set back to before a freeze,
 * or to before it was lifted, does not know it.
 */
@Singleton
public final class FreezeReplay {

  private static final Logger LOG = Logger.getLogger(FreezeReplay.class);

  private final RevocationLedger ledger;
  private final FreezeLedger said;
  private final Freezes freezes;
  private final Incidents incidents;
  private final After after;

  /** What it is done with. */
  @Singleton
  record After(Database database, AuditTrail trail, Clock clock) {}

  FreezeReplay(
      RevocationLedger ledger,
      FreezeLedger said,
      Freezes freezes,
      Incidents incidents,
      After after) {
    this.ledger = ledger;
    this.said = said;
    this.freezes = freezes;
    this.incidents = incidents;
    this.after = after;
  }

  /** Under a running service, too, a database may be set back. */
  @Scheduled(
      every = "1m",
      delayed = "20s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void repeat() {
    if (!ledger.isReplayed()) {
      return;
    }
    try {
      ledger.catchUp();
      replay();
    } catch (Unavailable e) {
      LOG.warnf("Freezes are not compared with the revocation ledger: %s", e.getMessage());
    }
  }

  /**
   * As far as the ledger was read. It was read before the database is asked, and every freeze is in
   * the database before it is in the ledger: so what only the ledger knows was there and is not any
   * more.
   */
  public void replay() {
    FreezeLedger.Said now = said.said();
    Map<UUID, Boolean> known = freezes.states();
    putBack(now.inForce(), known);
    long lifted = now.lifted().stream().filter(each -> lift(each, known)).count();
    if (lifted > 0) {
      LOG.warnf("The database was set back: %d freezes were lifted as the ledger says", lifted);
    }
    tellTheLedger(now, known);
    freezes.refresh();
  }

  /** Only those that are in force, as far as they can be read. */
  public void putBack() {
    putBack(said.readable(), freezes.states());
    freezes.refresh();
  }

  private void putBack(List<LedgerFreeze> inForce, Map<UUID, Boolean> known) {
    long back = inForce.stream().filter(each -> putBack(each, known)).count();
    if (back > 0) {
      LOG.warnf("The database was set back: %d freezes were put back from the ledger", back);
    }
  }

  private boolean putBack(LedgerFreeze freeze, Map<UUID, Boolean> known) {
    if (known.containsKey(freeze.id())) {
      return false;
    }
    writeDown("freeze-put-back", freeze.id());
    return incidents.putBack(freeze);
  }

  private boolean lift(UUID freeze, Map<UUID, Boolean> known) {
    if (!Boolean.FALSE.equals(known.get(freeze))) {
      return false;
    }
    Instant now = after.clock().instant();
    writeDown("freeze-lifted-by-ledger", freeze);
    return after
        .database()
        .transaction(connection -> freezes.liftAsTheLedgerSays(connection, freeze, now));
  }

  /** By this service itself; whom it is about stands in the incident. */
  private void writeDown(String action, UUID freeze) {
    after
        .trail()
        .write(
            AuditEvent.ofThisService(
                after.clock().instant(), action, Optional.of(freeze.toString())));
  }

  /** What the database has and the ledger has not, or not any more, is written once more. */
  private void tellTheLedger(FreezeLedger.Said now, Map<UUID, Boolean> known) {
    Set<UUID> inForce =
        now.inForce().stream().map(LedgerFreeze::id).collect(Collectors.toCollection(HashSet::new));
    Collection<UUID> untold =
        known.entrySet().stream()
            .filter(
                each ->
                    !now.lifted().contains(each.getKey())
                        && (each.getValue() || !inForce.contains(each.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    if (!untold.isEmpty()) {
      after.database().run(connection -> freezes.setNotInLedger(connection, untold));
    }
  }
}
