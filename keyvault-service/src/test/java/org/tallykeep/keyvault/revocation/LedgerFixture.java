package org.tallykeep.keyvault.revocation;

import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.dataset.DatasetFixture;
import org.tallykeep.keyvault.fixture.InMemoryLog;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.root.AppendOnlyLog;

/** Ledgers on logs in memory, which several replicas may share. */
public final class LedgerFixture {

  private LedgerFixture() {}

  /** A ledger that was read and has nothing in it. */
  public static RevocationLedger empty(Database database, BranchKeys branches) {
    RevocationLedger ledger = on(new InMemoryLog(), database, branches);
    ledger.catchUp();
    ledger.replayed();
    return ledger;
  }

  static RevocationLedger on(AppendOnlyLog log, Database database, BranchKeys branches) {
    return new RevocationLedger(
        name -> log,
        new RevocationKey(DatasetFixture.keys(database, branches, 1L << 31)),
        new MovableClock());
  }
}
