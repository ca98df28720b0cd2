package org.tallykeep.keyvault.erasure;

import jakarta.inject.Singleton;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tallykeep.keyvault.platform.Exit;
import org.tallykeep.keyvault.revocation.LedgerBroken;
import org.tallykeep.keyvault.revocation.LedgerConfig;
import org.tallykeep.keyvault.revocation.RevocationLedger;

/** What becomes of a service whose ledger is broken: it ends, or waits for two officers. */
@Singleton
class BrokenLedger {

  private static final Logger LOG = Logger.getLogger(BrokenLedger.class);

  private final LedgerConfig config;
  private final RevocationLedger ledger;
  private final Exit exit;
  private @Nullable String said;

  BrokenLedger(LedgerConfig config, RevocationLedger ledger, Exit exit) {
    this.config = config;
    this.ledger = ledger;
    this.exit = exit;
  }

  /** Whether to look again, because somebody may mend it. */
  boolean isWaitedFor(LedgerBroken broken) {
    if (!config.recovery()) {
      exit.because(broken.advice());
      return false;
    }
    return true;
  }

  /** Lets officers at it. */
  void tell(LedgerBroken broken) {
    ledger.isBroken(broken);
    if (!Objects.equals(said, broken.why())) {
      LOG.error(broken.advice() + " Until then this service is not ready and opens nothing.");
      said = broken.why();
    }
  }

  /** Ends the service for what nobody can approve. */
  void end(String reason) {
    exit.because(reason);
  }
}
