package org.tallykeep.keyvault.freeze;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.tallykeep.keyvault.access.Authority;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.audit.Standing;
import org.tallykeep.keyvault.revocation.RevocationLedger;

/**
 * Officers who are frozen lift, raise and approve nothing. Until the revocation ledger was read
 * nobody does: a database that was set back may not know who is frozen.
 */
@Singleton
final class FreezeStanding implements Standing {

  private final Freezes freezes;
  private final RevocationLedger ledger;

  FreezeStanding(Freezes freezes, RevocationLedger ledger) {
    this.freezes = freezes;
    this.ledger = ledger;
  }

  @Override
  public void require(Caller caller, String action) {
    ledger.requireReplayed();
    requireSoFar(caller, action);
  }

  @Override
  public void requireStill(Connection connection, String officer) throws SQLException {
    freezes.require(connection, new Wish("", Optional.of(officer), "officer", false));
  }

  @Override
  public void requireSoFar(Caller caller, String action) {
    ledger.requireLookedAt();
    freezes.require(Wish.of(caller, new Authority.Own(), action));
  }
}
