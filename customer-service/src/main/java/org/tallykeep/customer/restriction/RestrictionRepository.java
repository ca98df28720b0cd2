package org.tallykeep.customer.restriction;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.envelope.KeyRef;

/** The rows of restrictions, and under which key each customer is. */
final class RestrictionRepository {

  private static final String KEY = "SELECT key_id, key_version FROM customer WHERE id = ?";

  private RestrictionRepository() {}

  static List<RestrictionRow> find(Connection connection, Collection<UUID> customers)
      throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT customer_id, revision, sealed FROM customer_restriction WHERE customer_id = ANY (?)
        """,
        row -> new RestrictionRow(row.getObject(1, UUID.class), row.getInt(2), row.getBytes(3)),
        (Object) Sql.ids(customers));
  }

  static Optional<KeyRef> key(Connection connection, UUID customer) throws SQLException {
    return Sql.query(connection, KEY, RestrictionRepository::ref, customer).stream().findFirst();
  }

  /** The same, while nobody else restricts that customer or seals them anew. */
  static Optional<KeyRef> lock(Connection connection, UUID customer) throws SQLException {
    return Sql.query(connection, KEY + " FOR NO KEY UPDATE", RestrictionRepository::ref, customer)
        .stream()
        .findFirst();
  }

  /** Writes the next revision, or the first; the customer's row is locked. */
  static void write(Connection connection, RestrictionRow row) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO customer_restriction (customer_id, revision, sealed) VALUES (?, ?, ?)
        ON CONFLICT (customer_id) DO UPDATE
        SET revision = excluded.revision, sealed = excluded.sealed
        """,
        row.customer(),
        row.revision(),
        row.sealed());
  }

  private static KeyRef ref(ResultSet row) throws SQLException {
    return new KeyRef(row.getObject(1, UUID.class), row.getInt(2));
  }
}
