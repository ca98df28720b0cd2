package org.tallykeep.keyvault.branch;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;

/** Rows of {@code branch_key}. */
@Singleton
final class BranchRepository {

  /** Any number, as long as it is this one everywhere: the lock under which branches are made. */
  private static final long INSTALLATION_LOCK = 0x7461_6c6c_7900_0001L;

  List<BranchRow> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT id, version, kind, wrapped FROM branch_key ORDER BY id, version");
        ResultSet found = select.executeQuery()) {
      List<BranchRow> rows = new ArrayList<>();
      while (found.next()) {
        KeyRef ref = new KeyRef(found.getObject(1, UUID.class), found.getInt(2));
        rows.add(new BranchRow(ref, found.getString(3), found.getBytes(4)));
      }
      return rows;
    }
  }

  /** Of replicas that start at once, one at a time passes; until its transaction ends. */
  void lock(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      lock.setLong(1, INSTALLATION_LOCK);
      lock.execute();
    }
  }

  void insert(Connection connection, List<BranchRow> rows) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO branch_key (id, version, kind, wrapped) VALUES (?, ?, ?, ?)")) {
      for (BranchRow row : rows) {
        insert.setObject(1, row.ref().id());
        insert.setInt(2, row.ref().version());
        insert.setString(3, row.kind());
        insert.setBytes(4, row.wrapped());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** The same keys, wrapped anew. */
  void replaceWrapped(Connection connection, List<BranchRow> rows) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE branch_key SET wrapped = ? WHERE id = ? AND version = ?")) {
      for (BranchRow row : rows) {
        update.setBytes(1, row.wrapped());
        update.setObject(2, row.ref().id());
        update.setInt(3, row.ref().version());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  void retireAllButNewest(Connection connection) throws SQLException {
    execute(
        connection,
        """
        UPDATE branch_key SET retiring = true
        WHERE NOT retiring AND (id, version) NOT IN
          (SELECT id, max(version) FROM branch_key GROUP BY id)
        """);
  }

  void deleteRetiring(Connection connection) throws SQLException {
    execute(connection, "DELETE FROM branch_key WHERE retiring");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }
}
