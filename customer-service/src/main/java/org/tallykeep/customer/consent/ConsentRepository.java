package org.tallykeep.customer.consent;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.envelope.KeyRef;

/** The rows of consents, and the keys that their customers have. */
final class ConsentRepository {

  private ConsentRepository() {}

  static List<SealedConsents> find(Connection connection, Collection<UUID> customers)
      throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT customer_id, revision, sealed FROM customer_consent WHERE customer_id = ANY (?)
        """,
        row -> new SealedConsents(row.getObject(1, UUID.class), row.getInt(2), row.getBytes(3)),
        (Object) Sql.ids(customers));
  }

  /**
   * A customer's key and their row, as both stood at one moment.
   *
   * @param row nothing if they said nothing yet
   */
  record Read(KeyRef key, Optional<SealedConsents> row) {}

  /** Nothing if there is no customer of this id. */
  static Optional<Read> read(Connection connection, UUID customer) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT key_id, key_version, consent.revision, sealed
            FROM customer LEFT JOIN customer_consent consent ON customer_id = id WHERE id = ?
            """,
            row -> read(row, customer),
            customer)
        .stream()
        .findFirst();
  }

  private static Read read(ResultSet row, UUID customer) throws SQLException {
    byte[] sealed = row.getBytes(4);
    return new Read(
        new KeyRef(row.getObject(1, UUID.class), row.getInt(2)),
        sealed == null
            ? Optional.empty()
            : Optional.of(new SealedConsents(customer, row.getInt(3), sealed)));
  }

  /** Whether a customer has this key, which nobody replaces until the transaction ends. */
  static boolean holdKey(Connection connection, UUID customer, KeyRef key) throws SQLException {
    return !Sql.query(
            connection,
            "SELECT id FROM customer WHERE id = ? AND key_id = ? AND key_version = ? FOR SHARE",
            row -> row.getObject(1, UUID.class),
            customer,
            key.id(),
            key.version())
        .isEmpty();
  }

  /** Writes rows of customers who have none. */
  static void insert(Connection connection, List<SealedConsents> rows) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO customer_consent SELECT * FROM unnest(?, ?, ?)",
        rows.stream().map(SealedConsents::customer).toArray(UUID[]::new),
        rows.stream().map(SealedConsents::revision).toArray(Integer[]::new),
        rows.stream().map(SealedConsents::sealed).toArray(byte[][]::new));
  }

  /** Writes the next revision, unless another has been written since this one was made. */
  static boolean write(Connection connection, SealedConsents next) throws SQLException {
    int before = next.revision() - 1;
    if (before == SealedConsents.NO_REVISION) {
      return Sql.update(
              connection,
              "INSERT INTO customer_consent VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
              next.customer(),
              next.revision(),
              next.sealed())
          == 1;
    }
    return Sql.update(
            connection,
            """
            UPDATE customer_consent SET revision = ?, sealed = ?
            WHERE customer_id = ? AND revision = ?
            """,
            next.revision(),
            next.sealed(),
            next.customer(),
            before)
        == 1;
  }

  /** Writes the same revision under another version of the key; the customer's row is locked. */
  static void replaceKey(Connection connection, SealedConsents row) throws SQLException {
    Sql.update(
        connection,
        "UPDATE customer_consent SET sealed = ? WHERE customer_id = ? AND revision = ?",
        row.sealed(),
        row.customer(),
        row.revision());
  }
}
