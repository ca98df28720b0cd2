package org.tallykeep.customer.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.tallykeep.customer.platform.Sql;

/**
 * The ledger's partitions: one is open, the others are never written again but by the rewrite.
 * Writers hold a shared lock for their transaction, so that none writes to a partition that was
 * closed meanwhile.
 */
final class Partitions {

  /** Advisory locks of this service are pairs; the first number says what they are about. */
  private static final int LOCK = 0x4c454447;

  private Partitions() {}

  /** The open partition, which stays open as long as the transaction lasts. */
  static int openForWriting(Connection connection) throws SQLException {
    Sql.query(connection, "SELECT pg_advisory_xact_lock_shared(?, 0)", row -> true, LOCK);
    return open(connection);
  }

  /** Keeps all writers out as long as the transaction lasts. */
  static void lockOutWriters(Connection connection) throws SQLException {
    Sql.query(connection, "SELECT pg_advisory_xact_lock(?, 0)", row -> true, LOCK);
  }

  static int open(Connection connection) throws SQLException {
    return (int) Sql.number(connection, "SELECT number FROM ledger_partition WHERE NOT closed");
  }

  static List<Integer> closed(Connection connection) throws SQLException {
    return Sql.query(
        connection,
        "SELECT number FROM ledger_partition WHERE closed ORDER BY number",
        row -> row.getInt(1));
  }

  static boolean isEmpty(Connection connection, int partition) throws SQLException {
    return Sql.query(
            connection,
            "SELECT 1 FROM purchase WHERE partition = ? LIMIT 1",
            row -> true,
            partition)
        .isEmpty();
  }

  /** Closes the open partition and opens the next; writers must be locked out. */
  static void closeAndOpenNext(Connection connection, int open) throws SQLException {
    Sql.update(connection, "UPDATE ledger_partition SET closed = true WHERE number = ?", open);
    int next = open + 1;
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE %s PARTITION OF purchase FOR VALUES IN (%d)".formatted(table(next), next));
    }
    Sql.update(connection, "INSERT INTO ledger_partition VALUES (?, false)", next);
  }

  static String table(int partition) {
    return "purchase_" + partition;
  }
}
