package org.tallykeep.customer.purchaser;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.index.Versions;
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
    insert(connection, rows);
    putFree(connection, rows.stream().map(Row::id).toList());
  }

  static void insert(Connection connection, List<Row> rows) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO purchaser SELECT * FROM unnest(?, ?)",
        rows.stream().map(Row::id).toArray(UUID[]::new),
        rows.stream().map(Row::reidentify).toArray(byte[][]::new));
  }

  static void putFree(Connection connection, Collection<UUID> ids) throws SQLException {
    Sql.update(
        connection, "INSERT INTO purchaser_free SELECT * FROM unnest(?)", (Object) Sql.ids(ids));
  }

  /** Takes those of them out of the free ones that are there. */
  static Set<UUID> takeFree(Connection connection, Collection<UUID> ids) throws SQLException {
    return new HashSet<>(
        Sql.query(
            connection,
            "DELETE FROM purchaser_free WHERE id = ANY (?) RETURNING id",
            row -> row.getObject(1, UUID.class),
            (Object) Sql.ids(ids)));
  }

  static void delete(Connection connection, Collection<UUID> ids) throws SQLException {
    Sql.update(connection, "DELETE FROM purchaser WHERE id = ANY (?)", (Object) Sql.ids(ids));
  }

  /** Nothing is taken for those who were erased under the other pseudonyms either. */
  static void moveGone(Connection connection, Map<UUID, UUID> ids) throws SQLException {
    UUID[] before = Sql.ids(ids.keySet());
    Sql.update(
        connection,
        """
        UPDATE purchaser_gone SET id = moved.after
        FROM unnest(?, ?) AS moved (before, after) WHERE id = moved.before
        """,
        before,
        Stream.of(before).map(ids::get).toArray(UUID[]::new));
  }

  /**
   * Puts anonymous buyers under other pseudonyms.
   *
   * @param ids the other ones by those they have
   * @param sealed their external ids, where there are any, by the other ones
   */
  static void moveAnonymous(Connection connection, Map<UUID, UUID> ids, Map<UUID, byte[]> sealed)
      throws SQLException {
    UUID[] before = Sql.ids(ids.keySet());
    UUID[] after = Stream.of(before).map(ids::get).toArray(UUID[]::new);
    Sql.update(
        connection,
        """
        UPDATE purchaser_external_id SET purchaser_id = moved.after, external_id = moved.sealed
        FROM unnest(?, ?, ?) AS moved (before, after, sealed) WHERE purchaser_id = moved.before
        """,
        before,
        after,
        Stream.of(after).map(sealed::get).toArray(byte[][]::new));
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

  /**
   * An anonymous buyer.
   *
   * @param external the sealed external id; missing in rows from before it was kept
   */
  record Anonymous(UUID purchaser, byte @Nullable [] external) {}

  static Map<Tag, Anonymous> anonymousByTag(Connection connection, Collection<Tags> tags)
      throws SQLException {
    Map<Tag, Anonymous> found = new HashMap<>();
    Sql.query(
        connection,
        """
        SELECT tag_a, version_a, purchaser_id, external_id FROM purchaser_external_id
        WHERE tag_a = ANY (?)
        UNION ALL
        SELECT tag_b, version_b, purchaser_id, external_id FROM purchaser_external_id
        WHERE tag_b = ANY (?)
        """,
        row ->
            found.put(
                Tag.of(row.getBytes(1), row.getInt(2)),
                new Anonymous(row.getObject(3, UUID.class), row.getBytes(4))),
        Tags.inColumn("a", tags),
        Tags.inColumn("b", tags));
    return found;
  }

  static Map<UUID, byte[]> externalIds(Connection connection, Collection<UUID> purchasers)
      throws SQLException {
    Map<UUID, byte[]> sealed = new HashMap<>();
    Sql.query(
        connection,
        """
        SELECT purchaser_id, external_id FROM purchaser_external_id
        WHERE purchaser_id = ANY (?) AND external_id IS NOT NULL
        """,
        row -> sealed.put(row.getObject(1, UUID.class), row.getBytes(2)),
        (Object) Sql.ids(purchasers));
    return sealed;
  }

  /**
   * Keeps the external ids of rows from before they were kept.
   *
   * @return the purchasers whose rows are still there
   */
  static List<UUID> keepExternalIds(Connection connection, Map<UUID, byte[]> sealed)
      throws SQLException {
    List<UUID> there =
        Sql.query(
            connection,
            """
            SELECT purchaser_id FROM purchaser_external_id WHERE purchaser_id = ANY (?)
            ORDER BY purchaser_id FOR UPDATE
            """,
            row -> row.getObject(1, UUID.class),
            (Object) Sql.ids(sealed.keySet()));
    Sql.update(
        connection,
        """
        UPDATE purchaser_external_id SET external_id = kept.sealed
        FROM unnest(?, ?) AS kept (id, sealed) WHERE purchaser_id = kept.id AND external_id IS NULL
        """,
        Sql.ids(sealed.keySet()),
        sealed.values().toArray(byte[][]::new));
    return there;
  }

  /** Writes new anonymous buyers; lists of the same order. */
  static void insertAnonymous(Connection connection, List<Anonymous> buyers, List<Tags> tags)
      throws SQLException {
    Tags.Columns columns = Tags.toWrite(tags);
    Sql.update(
        connection,
        """
        INSERT INTO purchaser_external_id
            (tag_a, version_a, tag_b, version_b, purchaser_id, external_id)
        SELECT * FROM unnest(?, ?, ?, ?, ?, ?)
        """,
        columns.a(),
        columns.versionsA(),
        columns.b(),
        columns.versionsB(),
        buyers.stream().map(Anonymous::purchaser).toArray(UUID[]::new),
        buyers.stream().map(Anonymous::external).toArray(byte[][]::new));
  }

  static void deleteAnonymous(Connection connection, Collection<UUID> purchasers)
      throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM purchaser_external_id WHERE purchaser_id = ANY (?)",
        (Object) Sql.ids(purchasers));
  }

  /**
   * Deletes tags that cannot be made anew under that version, because nobody knows of what; not
   * those of whom somebody learns it at this moment.
   */
  static int deleteUnnamed(Connection connection, int version) throws SQLException {
    return Sql.update(
        connection,
        """
        DELETE FROM purchaser_external_id WHERE purchaser_id IN
            (SELECT purchaser_id FROM purchaser_external_id
             WHERE external_id IS NULL AND tag_%s IS NULL FOR UPDATE SKIP LOCKED)
        """
            .formatted(Versions.column(version)));
  }

  static List<Row> rows(Connection connection, Collection<UUID> ids) throws SQLException {
    return Sql.query(
        connection,
        "SELECT id, reidentify FROM purchaser WHERE id = ANY (?)",
        row -> new Row(row.getObject(1, UUID.class), row.getBytes(2)),
        (Object) Sql.ids(ids));
  }

  /** The next after that one, in the order of their random ids. */
  static List<Row> after(Connection connection, UUID last, int most) throws SQLException {
    return Sql.query(
        connection,
        "SELECT id, reidentify FROM purchaser WHERE id > ? ORDER BY id LIMIT ?",
        row -> new Row(row.getObject(1, UUID.class), row.getBytes(2)),
        last,
        most);
  }

  /** A row and the key that its record names, whatever else is in it. */
  record Keyed(Row row, UUID key) {}

  /** Those whose record is under one of these keys, in whatever version. */
  static List<Keyed> byKeys(Connection connection, Collection<UUID> keys) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT id, reidentify, encode(substring(reidentify FROM 3 FOR 16), 'hex')::uuid
        FROM purchaser
        WHERE substring(reidentify FROM 3 FOR 16) IN
            (SELECT uuid_send(id) FROM unnest(?) AS key (id))
        """,
        row ->
            new Keyed(
                new Row(row.getObject(1, UUID.class), row.getBytes(2)),
                row.getObject(3, UUID.class)),
        (Object) Sql.ids(keys));
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
