package org.tallykeep.keyvault.revocation;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.problem.Unavailable;

/**
 * The ledger is not the one that this database, the witness or the ledger itself remembers. Nothing
 * is opened: keys of erased customers might be among what is asked for.
 */
public final class LedgerBroken extends Unavailable {

  private final transient @Nullable LostEntries lost;
  private final String why;

  LedgerBroken(String why) {
    this(why, null);
  }

  LedgerBroken(String why, @Nullable LostEntries lost) {
    super(
        "revocation-ledger-broken",
        why + " Nothing is opened until its operator has looked at it.",
        Duration.ofMinutes(1),
        null);
    this.why = why;
    this.lost = lost;
  }

  /** What is wrong, in one sentence. */
  public String why() {
    return why;
  }

  /** What two officers may give up; nothing where the ledger has to be restored instead. */
  Optional<LostEntries> lost() {
    return Optional.ofNullable(lost);
  }

  /** For the operator: what is wrong, and what to do. */
  public String advice() {
    return lost == null
        ? why
            + " Restore the ledger, or the settings that say where it is: it cannot be overridden."
        : why
            + " Restore it. If it is lost for good, start with TALLYKEEP_LEDGER_RECOVERY=true, and"
            + " two security officers can take it as it is: GET /v1/revocations/ledger.";
  }
}
