package org.tallykeep.customer.purchaser;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Tag;

/** The purchaser side. A transaction that writes here writes nothing of a customer. */
final class PurchaserRepository {

  /** A purchaser as it stands in its row. */
  record Row(UUID id, byte[] reidentify) {}

  private static final long MIXING = 0x7461_6c6c_796d_6978L;

  private PurchaserRepository() {}

  /** One round of mixing at a time, until the transaction ends. */
  static void lockForMixing(Connection connection) throws SQLException {
    Sql.query(connection, "SELECT pg_advisory_xact_lock(?)", row -> true, MIXING);
  }

  static void insertFree(Connection connection, List<Row> rows) throws SQLException {
    UUID[] ids = rows.stream().map(Row::id).toArray(UUID[]::new);
    Sql.update(
        connection,
        "INSERT INTO purchaser SELECT * FROM unnest(?, ?)",
        ids,
        rows.stream().map(Row::reidentify).toArray(byte[][]::new));
    Sql.update(connection, "INSERT INTO purchaser_free SELECT * FROM unnest(?)", (Object) ids);
  }

  static long countFree(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM purchaser_free");
  }

  /** Takes a random block out of the free ones. */
  static List<UUID> claim(Connection connection, int most) throws SQLException {
    return Sql.query(
        connection,
        """
        DELETE FROM purchaser_free WHERE id IN
            (SELECT id FROM purchaser_free ORDER BY random() LIMIT ? FOR UPDATE SKIP LOCKED)
        RETURNING id
        """,
        row -> row.getObject(1, UUID.class),
        most);
  }

  static Map<Tag, UUID> anonymousByTag(Connection connection, Collection<Tag> tags)
      throws SQLException {
    Map<Tag, UUID> found = new HashMap<>();
    byte[][] array = Tag.toArray(tags);
    Sql.query(
        connection,
        """
        SELECT tag_a, version_a, purchaser_id FROM purchaser_external_id WHERE tag_a = ANY (?)
        UNION ALL
        SELECT tag_b, version_b, purchaser_id FROM purchaser_external_id WHERE tag_b = ANY (?)
        """,
        row -> found.put(Tag.of(row.getBytes(1), row.getInt(2)), row.getObject(3, UUID.class)),
        array,
        array);
    return found;
  }

  static void insertAnonymous(Connection connection, Map<Tag, UUID> purchasers)
      throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO purchaser_external_id (tag_a, version_a, purchaser_id)
        SELECT * FROM unnest(?, ?, ?)
        """,
        Tag.toArray(purchasers.keySet()),
        purchasers.keySet().stream().map(Tag::version).toArray(Integer[]::new),
        Sql.ids(purchasers.values()));
  }

  static void deleteAnonymous(Connection connection, Collection<UUID> purchasers)
      throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM purchaser_external_id WHERE purchaser_id = ANY (?)",
        (Object) Sql.ids(purchasers));
  }

  static List<Row> rows(Connection connection, Collection<UUID> ids) throws SQLException {
    return Sql.query(
        connection,
        "SELECT id, reidentify FROM purchaser WHERE id = ANY (?)",
        row -> new Row(row.getObject(1, UUID.class), row.getBytes(2)),
        (Object) Sql.ids(ids));
  }

  /** For each random point the next purchaser after it, assigned or not. */
  static List<UUID> nextAfter(Connection connection, Collection<UUID> points) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT DISTINCT next.id FROM unnest(?) AS point
        CROSS JOIN LATERAL
            (SELECT id FROM purchaser WHERE id >= point ORDER BY id LIMIT 1) AS next
        """,
        row -> row.getObject(1, UUID.class),
        (Object) Sql.ids(points));
  }

  /** Writes the values in the order given. */
  static void update(Connection connection, List<Row> rows) throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE purchaser SET reidentify = written.reidentify
        FROM unnest(?, ?) AS written (id, reidentify) WHERE purchaser.id = written.id
        """,
        rows.stream().map(Row::id).toArray(UUID[]::new),
        rows.stream().map(Row::reidentify).toArray(byte[][]::new));
  }
}
