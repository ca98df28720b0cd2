package org.tallykeep.keyvault.budget;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** What becomes of raises when the officer who gave them is frozen. */
@Singleton
public final class RaisesOfOfficers {

  private final RaiseRepository raises;

  RaisesOfOfficers(RaiseRepository raises) {
    this.raises = raises;
  }

  /** Ends those that no other officer agreed to, in the transaction that freezes the person. */
  public void endOf(Connection connection, String person, Instant at) throws SQLException {
    raises.endOf(connection, person, at);
  }
}
