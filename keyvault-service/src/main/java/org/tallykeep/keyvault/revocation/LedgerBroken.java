package org.tallykeep.keyvault.revocation;

import java.time.Duration;
import org.tallykeep.platform.problem.Unavailable;

/**
 * The ledger is not the one that this database, the witness or the ledger itself remembers. Nothing
 * is opened: keys of erased customers might be among what is asked for.
 */
public final class LedgerBroken extends Unavailable {

  LedgerBroken(String why) {
    super(
        "revocation-ledger-broken",
        why + " Nothing is opened until its operator has looked at it.",
        Duration.ofMinutes(1),
        null);
  }
}
