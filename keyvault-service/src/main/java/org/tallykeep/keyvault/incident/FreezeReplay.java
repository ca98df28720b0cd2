package org.tallykeep.keyvault.incident;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
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
  record After(Database database, Clock clock) {}

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
    long back = now.inForce().stream().filter(each -> putBack(each, known)).count();
    long lifted = now.lifted().stream().filter(each -> lift(each, known)).count();
    tellTheLedger(now, known);
    if (back + lifted > 0) {
      LOG.warnf(
          "The database was set back: of the freezes in the revocation ledger %d were put back and"
              + " %d lifted",
          back, lifted);
    }
    freezes.refresh();
  }

  private boolean putBack(LedgerFreeze freeze, Map<UUID, Boolean> known) {
    return !known.containsKey(freeze.id()) && incidents.putBack(freeze);
  }

  private boolean lift(UUID freeze, Map<UUID, Boolean> known) {
    return Boolean.FALSE.equals(known.get(freeze))
        && after
            .database()
            .transaction(
                connection ->
                    freezes.liftAsTheLedgerSays(connection, freeze, after.clock().instant()));
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
      after
          .database()
          .transaction(
              connection -> {
                freezes.setNotInLedger(connection, untold);
                return true;
              });
    }
  }
}
