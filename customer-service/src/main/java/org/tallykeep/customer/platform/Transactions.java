package org.tallykeep.customer.platform;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in a database transaction of its own: all of it is kept, or nothing. */
@Singleton
public final class Transactions {

  /** Work that needs a connection and gives a result. */
  @FunctionalInterface
  public interface Work<T extends @org.jspecify.annotations.Nullable Object> {
    T on(Connection connection) throws SQLException;
  }

  /** Work that needs a connection. */
  @FunctionalInterface
  public interface Action {
    void on(Connection connection) throws SQLException;
  }

  private final DataSource dataSource;

  Transactions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Commits when the work returns, rolls back when it throws. */
  public <T extends @org.jspecify.annotations.Nullable Object> T call(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (Throwable failure) {
        rollBack(connection, failure);
        throw failure;
      }
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** As {@link #call}, for work without a result. */
  public void run(Action action) {
    call(
        connection -> {
          action.on(connection);
          return true;
        });
  }

  /** For one statement that reads: it needs no transaction of its own, nor the way to end one. */
  public <T> T read(Work<T> statement) {
    try (Connection connection = dataSource.getConnection()) {
      return statement.on(connection);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  private static void rollBack(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
