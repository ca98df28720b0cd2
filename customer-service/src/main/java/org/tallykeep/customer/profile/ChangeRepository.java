package org.tallykeep.customer.profile;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.tallykeep.customer.platform.Sql;

/** The rows of changes. */
final class ChangeRepository {

  private static final String COLUMNS =
      "SELECT customer_id, revision, identity, contact FROM customer_change ";

  private ChangeRepository() {}

  static void insert(Connection connection, ChangeRow row) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO customer_change (customer_id, revision, identity, contact) VALUES (?, ?, ?, ?)",
        row.customer(),
        row.revision(),
        row.identity(),
        row.contact());
  }

  static List<ChangeRow> all(Connection connection, UUID customer) throws SQLException {
    return before(connection, customer, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /** Those before that revision, the newest first. */
  static List<ChangeRow> before(Connection connection, UUID customer, int revision, int most)
      throws SQLException {
    return Sql.query(
        connection,
        COLUMNS + "WHERE customer_id = ? AND revision < ? ORDER BY revision DESC LIMIT ?",
        ChangeRepository::row,
        customer,
        revision,
        most);
  }

  /** Writes the same under another version of the customer's key; the customer's row is locked. */
  static void update(Connection connection, ChangeRow row) throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE customer_change SET identity = ?, contact = ? WHERE customer_id = ? AND revision = ?
        """,
        row.identity(),
        row.contact(),
        row.customer(),
        row.revision());
  }

  private static ChangeRow row(ResultSet row) throws SQLException {
    return new ChangeRow(
        row.getObject(1, UUID.class), row.getInt(2), row.getBytes(3), row.getBytes(4));
  }
}
