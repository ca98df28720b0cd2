package org.tallykeep.keyvault.branch;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.branch.BranchRewrap.Rewrapped;
import org.tallykeep.keyvault.branch.BranchRewrap.Wrapped;

/** The rows of every {@link WrappedTable}, as far as a rotation of branches is concerned. */
@Singleton
final class WrappedRows {

  /** A row with what its key is wrapped as. */
  record Found(Wrapped row, String kind) {}

  long count(Connection connection, WrappedTable table) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT count(*) FROM " + table.name());
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getLong(1);
    }
  }

  /** Waits for everybody who is storing keys; who begins now reads the branches as they are now. */
  void drain(Connection connection, WrappedTable table) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE".formatted(table.name()))) {
      lock.execute();
    }
  }

  /**
   * The next rows in the order of their names, locked. Those that somebody else is changing are
   * passed over: waiting while holding locks of one's own would end in a deadlock.
   */
  List<Found> after(Connection connection, WrappedTable table, KeyRef last, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT t.id, t.version, t.branch, t.branch_version, t.wrapped, %s FROM %s t
            WHERE (t.id, t.version) > (?, ?) ORDER BY t.id, t.version LIMIT ?
            FOR UPDATE SKIP LOCKED
            """
                .formatted(table.kind(), table.name()))) {
      select.setObject(1, last.id());
      select.setInt(2, last.version());
      select.setInt(3, limit);
      List<Found> rows = new ArrayList<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          KeyRef ref = new KeyRef(found.getObject(1, UUID.class), found.getInt(2));
          KeyRef branch = new KeyRef(found.getObject(3, UUID.class), found.getInt(4));
          rows.add(new Found(new Wrapped(ref, branch, found.getBytes(5)), found.getString(6)));
        }
      }
      return rows;
    }
  }

  void replace(Connection connection, WrappedTable table, List<Rewrapped> rows)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE %s t SET branch_version = next.branch_version, wrapped = next.wrapped
            FROM unnest(?::uuid[], ?::integer[], ?::integer[], ?::bytea[])
              AS next (id, version, branch_version, wrapped)
            WHERE t.id = next.id AND t.version = next.version
            """
                .formatted(table.name()))) {
      update.setArray(1, array(connection, "uuid", rows.stream().map(r -> r.ref().id()).toArray()));
      update.setArray(
          2, array(connection, "integer", rows.stream().map(r -> r.ref().version()).toArray()));
      update.setArray(
          3, array(connection, "integer", rows.stream().map(r -> r.branch().version()).toArray()));
      update.setArray(
          4,
          array(connection, "bytea", rows.stream().map(Rewrapped::bytes).toArray(byte[][]::new)));
      update.executeUpdate();
    }
  }

  private static java.sql.Array array(Connection connection, String type, Object[] items)
      throws SQLException {
    return connection.createArrayOf(type, items);
  }

  /** The versions of branches that nothing is stored under any more. */
  Set<KeyRef> retiring(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT id, version FROM branch_key WHERE retiring");
        ResultSet found = select.executeQuery()) {
      Set<KeyRef> branches = new HashSet<>();
      while (found.next()) {
        branches.add(new KeyRef(found.getObject(1, UUID.class), found.getInt(2)));
      }
      return branches;
    }
  }

  boolean anyUnderRetiring(Connection connection, WrappedTable table) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT EXISTS (SELECT 1 FROM %s t
                  JOIN branch_key b ON b.id = t.branch AND b.version = t.branch_version
                  WHERE b.retiring)
                """
                    .formatted(table.name()));
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getBoolean(1);
    }
  }
}
