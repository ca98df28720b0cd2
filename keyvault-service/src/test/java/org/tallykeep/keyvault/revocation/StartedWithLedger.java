package org.tallykeep.keyvault.revocation;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.awaitility.Awaitility;

/** Tests begin once the ledger was read, or found broken: before it nothing is opened. */
@Singleton
final class StartedWithLedger {

  private final RevocationLedger ledger;

  StartedWithLedger(RevocationLedger ledger) {
    this.ledger = ledger;
  }

  void onStart(@Observes @Priority(Integer.MAX_VALUE) StartupEvent starting) {
    Awaitility.await().until(() -> ledger.isReplayed() || ledger.brokenness().isPresent());
  }
}
