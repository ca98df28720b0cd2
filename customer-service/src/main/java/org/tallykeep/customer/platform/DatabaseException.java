package org.tallykeep.customer.platform;

import java.sql.SQLException;

/** The database refused or could not be reached; callers cannot mend it, a later try may. */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseException(SQLException cause) {
    super("database: SQL state " + cause.getSQLState(), cause);
  }

  /** The five characters of the SQL standard, or an empty text. */
  public String sqlState() {
    return getCause() instanceof SQLException sql && sql.getSQLState() != null
        ? sql.getSQLState()
        : "";
  }
}
