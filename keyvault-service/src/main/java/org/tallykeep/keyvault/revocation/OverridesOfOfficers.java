package org.tallykeep.keyvault.revocation;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** What becomes of an officer's word when they are frozen before another says the same. */
@Singleton
public final class OverridesOfOfficers {

  private final OverrideRepository overrides;

  OverridesOfOfficers(OverrideRepository overrides) {
    this.overrides = overrides;
  }

  /** It does not count, in the transaction that freezes the person. */
  public void forgetOf(Connection connection, String person) throws SQLException {
    overrides.forgetOf(connection, person);
  }
}
