package org.tallykeep.keyvault.freeze;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jboss.logging.Logger;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.revocation.FreezeLedger;
import org.tallykeep.keyvault.revocation.LedgerFreeze;
import org.tallykeep.keyvault.revocation.RevocationLedger;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Writes freezes to the revocation ledger, and that they are lifted. They are in force by the
 * database alone, so that nobody escapes while Vault is away; what the ledger does not say yet is
 * tried until it does, by whichever replica.
 */
@Singleton
final class FreezesToLedger {

  private static final Logger LOG = Logger.getLogger(FreezesToLedger.class);
  private static final int PORTION = 100;

  private final FreezeRepository repository;
  private final Database database;
  private final RevocationLedger ledger;
  private final FreezeLedger freezes;

  FreezesToLedger(
      FreezeRepository repository,
      Database database,
      RevocationLedger ledger,
      FreezeLedger freezes) {
    this.repository = repository;
    this.database = database;
    this.ledger = ledger;
    this.freezes = freezes;
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void write() {
    // A ledger that was not compared with what is remembered of it is not written to.
    if (!ledger.isReplayed()) {
      return;
    }
    try {
      while (writePortion() == PORTION) {
        // Until all are written.
      }
    } catch (Unavailable e) {
      LOG.warnf("Freezes are not in the revocation ledger yet: %s", e.getMessage());
    }
  }

  private int writePortion() {
    Map<Freeze, Boolean> missing =
        database.statement(connection -> repository.notInLedger(connection, PORTION));
    missing.forEach(this::write);
    return missing.size();
  }

  private void write(Freeze freeze, boolean lifted) {
    if (lifted) {
      freezes.lift(freeze.id());
    } else {
      freezes.freeze(
          new LedgerFreeze(
              freeze.id(),
              freeze.incident(),
              freeze.principal().sort(),
              freeze.principal().name(),
              freeze.purposes(),
              freeze.since()));
    }
    database.transaction(
        connection -> {
          repository.setInLedger(connection, freeze.id(), lifted);
          return true;
        });
  }
}
