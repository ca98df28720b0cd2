package org.tallykeep.keyvault.freeze;

import org.tallykeep.keyvault.audit.Standing;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.event.EventFixture;
import org.tallykeep.keyvault.event.Pulse;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.revocation.LedgerFixture;

/** Freezes without the framework. */
public final class FreezeFixture {

  private FreezeFixture() {}

  public static Freezes freezes(Database database, Pulse pulse) {
    return new Freezes(new FreezeRepository(), database, EventFixture.events(database), pulse);
  }

  /** Whom to trust, with a ledger of its own. */
  public static Standing standing(Database database) {
    return new FreezeStanding(
        freezes(database, EventFixture.pulse(database)),
        LedgerFixture.empty(
            database, BranchFixture.keys(database, new FakeRoot(), new MovableClock())));
  }
}
