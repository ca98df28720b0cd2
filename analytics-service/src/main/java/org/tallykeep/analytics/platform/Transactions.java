package org.tallykeep.analytics.platform;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in a database transaction of its own: all of it is kept, or nothing. */
@Singleton
public final class Transactions {

  private final DataSource dataSource;

  Transactions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Work that needs a connection and gives a result. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Commits when the work returns, rolls back when it throws. */
  public <T> T call(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (Throwable failure) {
        try {
          connection.rollback();
        } catch (SQLException alsoFailed) {
          failure.addSuppressed(alsoFailed);
        }
        throw failure;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database refused", e);
    }
  }
}
