package org.tallykeep.customer.platform;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Statements over whole columns: one round trip for a thousand rows. */
public final class Sql {

  /** Makes one result of the row a result set stands on. */
  @FunctionalInterface
  public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  private Sql() {}

  /** All rows of a query; parameters as for {@link #update}. */
  public static <T> List<T> query(
      Connection connection, String sql, RowMapper<T> mapper, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> results = new ArrayList<>();
        while (rows.next()) {
          results.add(mapper.map(rows));
        }
        return results;
      }
    }
  }

  /** Takes a row that a result set stands on. */
  @FunctionalInterface
  public interface RowVisitor {
    void visit(ResultSet row) throws SQLException;
  }

  /** All rows of a query one after the other, no more than so many of them in memory at once. */
  public static void each(
      Connection connection, int atOnce, String sql, RowVisitor visitor, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(atOnce);
      bind(connection, statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          visitor.visit(rows);
        }
      }
    }
  }

  /**
   * Runs a statement and says how many rows it touched. {@code UUID[]}, {@code byte[][]}, {@code
   * Integer[]} and {@code String[]} become arrays of the database.
   */
  public static int update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, parameters);
      return statement.executeUpdate();
    }
  }

  /** The single number that a query gives. */
  public static long number(Connection connection, String sql, Object... parameters)
      throws SQLException {
    return query(connection, sql, row -> row.getLong(1), parameters).getFirst();
  }

  /**
   * Whether this transaction has the lock now, without waiting for it.
   *
   * @param about what it is about: locks of this service are pairs
   */
  public static boolean tryLock(Connection connection, int about, int number) throws SQLException {
    return query(
            connection,
            "SELECT pg_try_advisory_xact_lock(?, ?)",
            row -> row.getBoolean(1),
            about,
            number)
        .getFirst();
  }

  /** Ids as a parameter. */
  public static UUID[] ids(Collection<UUID> ids) {
    return ids.toArray(new UUID[0]);
  }

  private static void bind(Connection connection, PreparedStatement statement, Object[] parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      switch (parameters[i]) {
        case UUID[] ids -> statement.setArray(i + 1, array(connection, "uuid", ids));
        case byte[][] values -> statement.setArray(i + 1, array(connection, "bytea", values));
        case Integer[] numbers -> statement.setArray(i + 1, array(connection, "int4", numbers));
        case String[] texts -> statement.setArray(i + 1, array(connection, "text", texts));
        default -> statement.setObject(i + 1, parameters[i]);
      }
    }
  }

  private static Array array(Connection connection, String type, Object[] values)
      throws SQLException {
    return connection.createArrayOf(type, values);
  }
}
