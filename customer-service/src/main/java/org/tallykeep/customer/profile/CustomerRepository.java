package org.tallykeep.customer.profile;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.envelope.KeyRef;

/** The rows of customers. */
final class CustomerRepository {

  private static final String ROW =
      "SELECT id, key_id, key_version, revision, identity, contact, mask FROM customer ";

  private CustomerRepository() {}

  static void insert(Connection connection, List<CustomerRow> rows) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO customer (id, key_id, key_version, revision, identity, contact, mask)
        SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?)
        """,
        rows.stream().map(CustomerRow::id).toArray(UUID[]::new),
        rows.stream().map(row -> row.key().id()).toArray(UUID[]::new),
        rows.stream().map(row -> row.key().version()).toArray(Integer[]::new),
        rows.stream().map(CustomerRow::revision).toArray(Integer[]::new),
        rows.stream().map(CustomerRow::identity).toArray(byte[][]::new),
        rows.stream().map(CustomerRow::contact).toArray(byte[][]::new),
        rows.stream().map(CustomerRow::mask).toArray(byte[][]::new));
  }

  static List<CustomerRow> find(Connection connection, Collection<UUID> ids) throws SQLException {
    return Sql.query(
        connection, ROW + "WHERE id = ANY (?)", CustomerRepository::row, (Object) Sql.ids(ids));
  }

  static long count(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM customer");
  }

  /** The next customers behind an id. */
  static List<CustomerRow> behind(Connection connection, UUID id, int most) throws SQLException {
    return Sql.query(
        connection, ROW + "WHERE id > ? ORDER BY id LIMIT ?", CustomerRepository::row, id, most);
  }

  /** Those of the ids that customers have. */
  static List<UUID> present(Connection connection, Collection<UUID> ids) throws SQLException {
    return Sql.query(
        connection,
        "SELECT id FROM customer WHERE id = ANY (?)",
        row -> row.getObject(1, UUID.class),
        (Object) Sql.ids(ids));
  }

  /** As they stand now, those of them whose key has been replaced since they were read. */
  static List<CustomerRow> replacedSince(Connection connection, Collection<CustomerRow> before)
      throws SQLException {
    Map<UUID, KeyRef> known = new HashMap<>();
    before.forEach(row -> known.put(row.id(), row.key()));
    return find(connection, known.keySet()).stream()
        .filter(row -> !row.key().equals(known.get(row.id())))
        .toList();
  }

  /** The customers under these keys, and in which version. */
  static Map<UUID, KeyRef> keysOfThoseUnder(Connection connection, Collection<UUID> keys)
      throws SQLException {
    Map<UUID, KeyRef> found = new HashMap<>();
    Sql.query(
        connection,
        "SELECT id, key_id, key_version FROM customer WHERE key_id = ANY (?)",
        row ->
            found.put(
                row.getObject(1, UUID.class),
                new KeyRef(row.getObject(2, UUID.class), row.getInt(3))),
        (Object) Sql.ids(keys));
    return found;
  }

  /** The row as it stands, which nobody else changes until the transaction ends. */
  static Optional<CustomerRow> lock(Connection connection, UUID id) throws SQLException {
    return locked(connection, id, "FOR UPDATE");
  }

  /** The row as it stands, which nobody changes until the transaction ends; many may read it. */
  static Optional<CustomerRow> share(Connection connection, UUID id) throws SQLException {
    return locked(connection, id, "FOR SHARE");
  }

  private static Optional<CustomerRow> locked(Connection connection, UUID id, String lock)
      throws SQLException {
    return Sql.query(connection, ROW + "WHERE id = ? " + lock, CustomerRepository::row, id).stream()
        .findFirst();
  }

  /** Writes the same revision under another version of its key; the row is locked. */
  static void replaceKey(Connection connection, CustomerRow row) throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE customer SET key_version = ?, identity = ?, contact = ?, mask = ?
        WHERE id = ? AND revision = ?
        """,
        row.key().version(),
        row.identity(),
        row.contact(),
        row.mask(),
        row.id(),
        row.revision());
  }

  /**
   * Writes the next revision, unless another has been written since this one was read, or the key
   * has been replaced: nothing is written under a version that ends.
   */
  static boolean update(Connection connection, CustomerRow row) throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE customer SET revision = ?, identity = ?, contact = ?, mask = ?
            WHERE id = ? AND revision = ? AND key_version = ?
            """,
            row.revision(),
            row.identity(),
            row.contact(),
            row.mask(),
            row.id(),
            row.revision() - 1,
            row.key().version())
        == 1;
  }

  /** Removes a customer with all that belongs to them. */
  static void delete(Connection connection, UUID id) throws SQLException {
    Sql.update(connection, "DELETE FROM customer WHERE id = ?", id);
  }

  /** The next customers after a key, in the order of the random ids of keys. */
  static SequencedMap<UUID, UUID> byKeyAfter(Connection connection, UUID key, int most)
      throws SQLException {
    SequencedMap<UUID, UUID> found = new LinkedHashMap<>();
    Sql.query(
        connection,
        "SELECT key_id, id FROM customer WHERE key_id > ? ORDER BY key_id LIMIT ?",
        row -> found.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class)) == null,
        key,
        most);
    return found;
  }

  private static CustomerRow row(ResultSet row) throws SQLException {
    return new CustomerRow(
        row.getObject(1, UUID.class),
        new KeyRef(row.getObject(2, UUID.class), row.getInt(3)),
        row.getInt(4),
        row.getBytes(5),
        row.getBytes(6),
        row.getBytes(7));
  }
}
