package org.tallykeep.keyvault.platform;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.tallykeep.platform.problem.Unavailable;

/** The key service's own database: plain connections, short transactions. */
@Singleton
public final class Database {

  private final DataSource dataSource;

  public Database(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Work on one connection. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Work on one connection that gives nothing. */
  @FunctionalInterface
  public interface Action {
    void on(Connection connection) throws SQLException;
  }

  /** One statement, committed by itself. */
  public <T> T statement(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /** All or nothing. */
  public <T> T transaction(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /** As {@link #transaction}, for work without a result. */
  public void run(Action action) {
    transaction(
        connection -> {
          action.on(connection);
          return true;
        });
  }

  private static void rollBack(Connection connection, Exception reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private static Unavailable unavailable(SQLException cause) {
    return new Unavailable(
        "database-unavailable",
        "The key service cannot use its database. Try again in a while.",
        Duration.ofSeconds(2),
        cause);
  }
}
