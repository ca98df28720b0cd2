package org.tallykeep.system.stack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.tallykeep.local.parts.Database;

/**
 * The rows of all tables of a database as of one moment, through PostgreSQL's COPY, which is what
 * {@code pg_dump} uses: that program comes with neither the tests' server nor in its version.
 */
public final class Backup {

  private final Database database;

  /** By table, those first that others refer to. */
  private final Map<String, byte[]> tables = new LinkedHashMap<>();

  private final Map<String, Long> sequences = new LinkedHashMap<>();

  private Backup(Database database) {
    this.database = database;
  }

  /** Takes it, of a database that may be in use. */
  public static Backup of(Database database) {
    Backup backup = new Backup(database);
    try (Connection connection = OpenedHistories.connect(database)) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (String table : inOrderOfReferences(connection)) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        copy.copyOut("COPY (SELECT * FROM %s) TO STDOUT (FORMAT binary)".formatted(table), rows);
        backup.tables.put(table, rows.toByteArray());
      }
      for (String sequence : names(connection, "SELECT sequencename FROM pg_sequences")) {
        backup.sequences.put(sequence, number(connection, "SELECT last_value FROM " + sequence));
      }
      return backup;
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("No backup of " + database.username(), e);
    }
  }

  /** Sets the database back to it; nobody may use it. */
  public void restore() {
    try (Connection connection = OpenedHistories.connect(database);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("TRUNCATE " + String.join(", ", inOrderOfReferences(connection)));
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (Map.Entry<String, byte[]> table : tables.entrySet()) {
        copy.copyIn(
            "COPY %s FROM STDIN (FORMAT binary)".formatted(table.getKey()),
            new ByteArrayInputStream(table.getValue()));
      }
      for (Map.Entry<String, Long> sequence : sequences.entrySet()) {
        statement.execute(
            "SELECT setval('%s', %d)".formatted(sequence.getKey(), sequence.getValue()));
      }
      connection.commit();
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(database.username() + " cannot be set back", e);
    }
  }

  /** Plain tables and partitions that hold rows themselves. */
  private static List<String> inOrderOfReferences(Connection connection) throws SQLException {
    return names(
        connection,
        """
        WITH RECURSIVE held AS (
          SELECT oid FROM pg_class
          WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            AND relname <> 'flyway_schema_history'),
        depth (oid, level) AS (
          SELECT oid, 0 FROM held
          UNION ALL
          SELECT c.conrelid, d.level + 1 FROM depth d JOIN pg_constraint c
            ON c.confrelid = d.oid AND c.contype = 'f' AND c.conrelid <> c.confrelid)
        SELECT oid::regclass::text FROM depth GROUP BY oid ORDER BY max(level), 1
        """);
  }

  private static List<String> names(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      List<String> names = new ArrayList<>();
      while (found.next()) {
        names.add(found.getString(1));
      }
      return names;
    }
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      found.next();
      return found.getLong(1);
    }
  }
}
