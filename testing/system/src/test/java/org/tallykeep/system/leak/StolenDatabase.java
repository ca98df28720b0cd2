package org.tallykeep.system.leak;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
import org.tallykeep.system.stack.OpenedHistories;

/** Every byte of every table, as a thief with a copy would read them. */
public final class StolenDatabase {

  private StolenDatabase() {}

  /** The bytes of each table, as text and as PostgreSQL's binary form; statistics included. */
  public static Map<String, byte[]> dump(Database database) throws SQLException, IOException {
    Map<String, byte[]> dumps = new LinkedHashMap<>();
    try (Connection connection = OpenedHistories.connect(database)) {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (String table : tables(connection)) {
        String name = database.username() + "." + table;
        if (!table.startsWith("pg_catalog.")) {
          dumps.put(name + " as binary", copy(copy, "SELECT * FROM " + table, "binary"));
        }
        String texts = textColumns(connection, table);
        if (!texts.isEmpty()) {
          String query = "SELECT " + texts + " FROM " + table;
          dumps.put(name + " as text", copy(copy, query, "text"));
        }
      }
    }
    return dumps;
  }

  private static byte[] copy(CopyManager copy, String query, String format)
      throws SQLException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    copy.copyOut("COPY (" + query + ") TO STDOUT (FORMAT " + format + ")", bytes);
    return bytes.toByteArray();
  }

  /**
   * All columns but those of bytes: as text they are the same bytes in hex, in which short numbers
   * are found by chance.
   */
  private static String textColumns(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT coalesce(string_agg(quote_ident(attname), ', ' ORDER BY attnum), '')
            FROM pg_attribute
            WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped
              AND atttypid <> 'bytea'::regtype""")) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT format('%I.%I', table_schema, table_name)
                FROM information_schema.tables
                WHERE table_type = 'BASE TABLE'
                  AND table_schema NOT IN ('pg_catalog', 'information_schema')
                ORDER BY 1""")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    // What the planner remembers of the most common values is a copy of them.
    tables.add("pg_catalog.pg_stats");
    return tables;
  }
}
