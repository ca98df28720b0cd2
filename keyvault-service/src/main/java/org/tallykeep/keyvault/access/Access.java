package org.tallykeep.keyvault.access;

import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.UUID;
import org.tallykeep.keyvault.platform.Database;

/** The purpose matrix together with the grants that are in force. */
@Singleton
public final class Access {

  private final Database database;

  Access(Database database) {
    this.database = database;
  }

  /** Whether the caller may have keys of the purpose now. */
  public boolean allows(Caller caller, Purpose purpose, Authority authority) {
    return PurposeMatrix.allows(caller, purpose, authority)
        && switch (authority) {
          case Authority.Own() -> true;
          case Authority.Granted(StandingGrant grant) -> issued(grant, caller.client(), purpose);
          // Asked when it is used, together with what it leaves.
          case Authority.Job(UUID grant) -> true;
          case Authority.Unknown() -> false;
        };
  }

  /** Whether the caller may have values tagged now. */
  public boolean mayTag(Caller caller, Authority authority) {
    return PurposeMatrix.mayTag(caller, authority)
        && (!(authority instanceof Authority.Granted(StandingGrant grant))
            || issued(grant, caller.client(), Purpose.TAG));
  }

  /** Asked each time: a grant that is taken away ends with the next request. */
  private boolean issued(StandingGrant grant, String client, Purpose purpose) {
    return database.statement(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT 1 FROM standing_grant WHERE name = ? AND client = ? AND purpose = ?")) {
            select.setString(1, grant.label());
            select.setString(2, client);
            select.setString(3, purpose.label());
            try (ResultSet found = select.executeQuery()) {
              return found.next();
            }
          }
        });
  }
}
