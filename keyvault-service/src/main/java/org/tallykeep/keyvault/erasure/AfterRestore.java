package org.tallykeep.keyvault.erasure;

import jakarta.inject.Singleton;
import org.tallykeep.keyvault.incident.FreezeReplay;

/** What has to be done to a database before it serves, as it may have been set back. */
@Singleton
class AfterRestore {

  private final SetBack setBack;
  private final FreezeReplay freezes;
  private final Overwriting overwriting;
  private boolean mended;

  AfterRestore(SetBack setBack, FreezeReplay freezes, Overwriting overwriting) {
    this.setBack = setBack;
    this.freezes = freezes;
    this.overwriting = overwriting;
  }

  /**
   * Before anything is sealed or anybody is let in: what was counted is not relied on, and whoever
   * the ledger says is frozen is so, as far as the ledger could be read.
   */
  void mend() {
    mendCounts();
    freezes.replay();
  }

  /** With a ledger that is not the one remembered: nobody is let free by what it says. */
  void mendForOfficers() {
    mendCounts();
    freezes.putBack();
  }

  private synchronized void mendCounts() {
    if (!mended) {
      setBack.mend();
      mended = true;
    }
  }

  /** All that the ledger says is destroyed; how many keys of it still opened. */
  long overwriteAll() {
    return overwriting.overwriteAll();
  }
}
