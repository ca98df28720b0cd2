package org.tallykeep.keyvault.revocation;

import org.tallykeep.keyvault.branch.BranchKeys;
import org.tallykeep.keyvault.dataset.DatasetFixture;
import org.tallykeep.keyvault.fixture.InMemoryLog;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.root.AppendOnlyLog;
import org.tallykeep.keyvault.root.AppendOnlyLogs;

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
    return on(log, new InMemoryLog(), database, branches, 1 << 19);
  }

  static RevocationLedger on(
      AppendOnlyLog log,
      AppendOnlyLog segments,
      Database database,
      BranchKeys branches,
      int longestSegment) {
    return on(
        name -> name.equals("revocations") ? log : segments, database, branches, longestSegment);
  }

  /** One that was not read yet. */
  public static RevocationLedger on(
      AppendOnlyLogs logs, Database database, BranchKeys branches, int longestSegment) {
    return new RevocationLedger(
        new LedgerChain(logs, longestSegment),
        new RevocationKey(DatasetFixture.keys(database, branches, 1L << 31)),
        new MovableClock());
  }

  static FreezeLedger freezes(RevocationLedger ledger, Database database, BranchKeys branches) {
    return new FreezeLedger(
        ledger, new RevocationKey(DatasetFixture.keys(database, branches, 1L << 31)));
  }

  /** One that was not read yet. */
  public static RevocationLedger unread(Database database, BranchKeys branches) {
    return on(new InMemoryLog(), database, branches);
  }

  /** A ledger that ends at entry 2 where entry 3 is remembered. */
  public static LedgerBroken broken() {
    return new LedgerBroken(
        "The revocation ledger ends at entry 2, but the database remembers entry 3.",
        new LostEntries(
            new LedgerRepository.Place(2, new byte[32]),
            new LedgerRepository.Place(3, new byte[32])));
  }
}
