package org.tallykeep.customer.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Tag;

/** The rows of the ledger. */
final class LedgerRepository {

  /** A row to be written. */
  record NewRow(UUID id, UUID purchaserId, Purchase purchase, Tags event) {
    /** Under what the buyer is called now. */
    NewRow under(Map<UUID, UUID> renewed) {
      return new NewRow(id, renewed.getOrDefault(purchaserId, purchaserId), purchase, event);
    }
  }

  /** A row as it stands. */
  record StoredRow(UUID id, UUID purchaserId, byte[] sealed) {
    static StoredRow of(java.sql.ResultSet row) throws SQLException {
      return new StoredRow(
          row.getObject("id", UUID.class),
          row.getObject("purchaser_id", UUID.class),
          row.getBytes("sealed"));
    }
  }

  private LedgerRepository() {}

  /** A purchase and the tags that stand beside it. */
  record Tagged(UUID purchase, Tags tags) {}

  /**
   * Writes the tags that are new. Sorted by tag by the caller, so that two imports of the same
   * events wait for each other instead of dying of each other; or the caller has the ledger alone.
   *
   * @param table of tags of events, or of those that were corrected
   * @return the purchases whose tags were
   */
  static Set<UUID> insertTags(Connection connection, String table, int partition, List<Tagged> rows)
      throws SQLException {
    Tags.Columns columns = Tags.toWrite(rows.stream().map(Tagged::tags).toList());
    return new HashSet<>(
        Sql.query(
            connection,
            """
            INSERT INTO %s (tag_a, version_a, tag_b, version_b, partition, purchase_id)
            SELECT u.tag_a, u.version_a, u.tag_b, u.version_b, ?, u.id
            FROM unnest(?::bytea[], ?::int[], ?::bytea[], ?::int[], ?::uuid[])
                AS u(tag_a, version_a, tag_b, version_b, id)
            ON CONFLICT DO NOTHING
            RETURNING purchase_id
            """
                .formatted(table),
            row -> row.getObject(1, UUID.class),
            partition,
            columns.a(),
            columns.versionsA(),
            columns.b(),
            columns.versionsB(),
            Sql.ids(rows.stream().map(Tagged::purchase).toList())));
  }

  /** Takes what was found of an event. */
  @FunctionalInterface
  interface Visitor {
    void visit(Tag event, StoredRow purchase);
  }

  /** Sealed purchases may be long: so many are in memory at once. */
  private static final int AT_ONCE = 16;

  private static final int COUNTED_AT_ONCE = 100;

  /** The purchases of the events that are there, one by one. */
  static void eachOf(Connection connection, Collection<Tags> events, Visitor visitor)
      throws SQLException {
    eachOf(connection, LedgerEvents.INDEX, events, visitor);
  }

  /**
   * The purchases that stand beside these tags.
   *
   * @param table of tags of events, or of those that were corrected
   */
  static void eachOf(Connection connection, String table, Collection<Tags> events, Visitor visitor)
      throws SQLException {
    Sql.each(
        connection,
        AT_ONCE,
        """
        SELECT e.tag, e.version, p.id, p.purchaser_id, p.sealed
        FROM (SELECT tag_a AS tag, version_a AS version, partition, purchase_id
              FROM %1$s WHERE tag_a = ANY (?)
              UNION ALL
              SELECT tag_b, version_b, partition, purchase_id
              FROM %1$s WHERE tag_b = ANY (?)) AS e
        JOIN purchase p ON p.partition = e.partition AND p.id = e.purchase_id
        """
            .formatted(table),
        row -> visitor.visit(Tag.of(row.getBytes("tag"), row.getInt("version")), StoredRow.of(row)),
        Tags.inColumn("a", events),
        Tags.inColumn("b", events));
  }

  static void insertPurchases(
      Connection connection, int partition, List<NewRow> rows, List<byte[]> sealed)
      throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO purchase (partition, id, purchaser_id, sealed)
        SELECT ?, u.id, u.purchaser_id, u.sealed
        FROM unnest(?::uuid[], ?::uuid[], ?::bytea[]) AS u(id, purchaser_id, sealed)
        """,
        partition,
        Sql.ids(rows.stream().map(NewRow::id).toList()),
        Sql.ids(rows.stream().map(NewRow::purchaserId).toList()),
        sealed.toArray(new byte[0][]));
  }

  static void insertPending(Connection connection, int partition, List<NewRow> rows)
      throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO purchase_pending (shard, purchaser_id, partition, purchase_id)
        SELECT u.shard, u.purchaser_id, ?, u.id
        FROM unnest(?::int[], ?::uuid[], ?::uuid[]) AS u(shard, purchaser_id, id)
        """,
        partition,
        rows.stream().map(row -> Shards.of(row.purchaserId())).toArray(Integer[]::new),
        Sql.ids(rows.stream().map(NewRow::purchaserId).toList()),
        Sql.ids(rows.stream().map(NewRow::id).toList()));
  }

  /**
   * How much of the queue is taken at once.
   *
   * @param rows at most so many purchases
   * @param bytes at most so many sealed bytes, but at least one purchase
   */
  record Portion(int rows, long bytes) {}

  /** Takes what waits in a shard, buyers together, and deletes it with the transaction. */
  static List<StoredRow> takePending(Connection connection, int shard, Portion portion)
      throws SQLException {
    return Sql.query(
        connection, TAKE.formatted(""), StoredRow::of, shard, portion.rows(), portion.bytes());
  }

  /** Takes what waits of one pseudonym, and deletes it with the transaction. */
  static List<StoredRow> takePendingOf(
      Connection connection, int shard, UUID purchaserId, Portion portion) throws SQLException {
    return Sql.query(
        connection,
        TAKE.formatted("AND purchaser_id = ?"),
        StoredRow::of,
        shard,
        purchaserId,
        portion.rows(),
        portion.bytes());
  }

  /** The lengths of sealed values are known without reading them. */
  private static final String TAKE =
      """
      WITH first AS (
          SELECT shard, purchaser_id, partition, purchase_id FROM purchase_pending
          WHERE shard = ? %s
          ORDER BY purchaser_id, purchase_id LIMIT ? FOR UPDATE SKIP LOCKED),
      sized AS (
          SELECT f.*, row_number() OVER w AS place, sum(octet_length(p.sealed)) OVER w AS bytes
          FROM first f
          JOIN purchase p ON p.partition = f.partition AND p.id = f.purchase_id
          WINDOW w AS (ORDER BY f.purchaser_id, f.purchase_id)),
      taken AS (
          DELETE FROM purchase_pending q USING sized s
          WHERE q.shard = s.shard AND q.purchaser_id = s.purchaser_id
            AND q.purchase_id = s.purchase_id AND (s.place = 1 OR s.bytes <= ?)
          RETURNING q.partition, q.purchase_id)
      SELECT p.id, p.purchaser_id, p.sealed
      FROM taken t JOIN purchase p ON p.partition = t.partition AND p.id = t.purchase_id
      """;

  /** The pseudonyms of which something waits in a shard, the first ones. */
  static List<UUID> waiting(Connection connection, int shard, int most) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT DISTINCT purchaser_id FROM (
            SELECT purchaser_id FROM purchase_pending WHERE shard = ?
            ORDER BY purchaser_id LIMIT ?) AS first
        """,
        row -> row.getObject(1, UUID.class),
        shard,
        most);
  }

  /** Puts aside what waits of a pseudonym; how many purchases those are. */
  static int park(Connection connection, int shard, UUID purchaserId) throws SQLException {
    return Sql.update(
        connection,
        """
        WITH taken AS (
            DELETE FROM purchase_pending WHERE shard = ? AND purchaser_id = ?
            RETURNING shard, purchaser_id, partition, purchase_id)
        INSERT INTO purchase_parked SELECT * FROM taken
        """,
        shard,
        purchaserId);
  }

  static long parked(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM purchase_parked");
  }

  /** What a pseudonym has in the ledger that counts and was not put aside. */
  static void eachOfPurchaser(
      Connection connection, int shard, UUID purchaserId, Consumer<StoredRow> visitor)
      throws SQLException {
    Sql.each(
        connection,
        AT_ONCE,
        "SELECT id, purchaser_id, sealed FROM purchase p WHERE purchaser_id = ?" + COUNTS,
        row -> visitor.accept(StoredRow.of(row)),
        purchaserId,
        shard);
  }

  /** A purchase, and whether it was corrected. */
  record StatedRow(StoredRow row, boolean corrected) {}

  /** All that a pseudonym has in the ledger, what does not count as well. */
  static List<StatedRow> allOf(Connection connection, UUID purchaserId) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT id, purchaser_id, sealed,
            EXISTS (SELECT FROM purchase_void v WHERE v.purchase_id = p.id) AS corrected
        FROM purchase p WHERE purchaser_id = ?
        """,
        row -> new StatedRow(StoredRow.of(row), row.getBoolean("corrected")),
        purchaserId);
  }

  /** Which purchases of a pseudonym count and were not put aside. */
  private static final String COUNTS =
      """
       AND NOT EXISTS (SELECT FROM purchase_void v WHERE v.purchase_id = p.id)
      AND NOT EXISTS
          (SELECT FROM purchase_parked k
           WHERE k.shard = ? AND k.purchaser_id = p.purchaser_id AND k.purchase_id = p.id)
      """;

  /** Those of several pseudonyms that do not wait any more, pseudonym by pseudonym. */
  static void eachCounted(
      Connection connection, int shard, Collection<UUID> purchasers, Sql.RowVisitor visitor)
      throws SQLException {
    Sql.each(
        connection,
        COUNTED_AT_ONCE,
        "SELECT id, purchaser_id, sealed FROM purchase p WHERE purchaser_id = ANY (?)"
            + COUNTS
            + """
            AND NOT EXISTS
                (SELECT FROM purchase_pending w
                 WHERE w.shard = ? AND w.purchaser_id = p.purchaser_id AND w.purchase_id = p.id)
            ORDER BY purchaser_id
            """,
        visitor,
        Sql.ids(purchasers),
        shard,
        shard);
  }

  static void deletePendingOf(Connection connection, int shard, UUID purchaserId)
      throws SQLException {
    deletePending(connection, shard, purchaserId);
    Sql.update(
        connection,
        "DELETE FROM purchase_parked WHERE shard = ? AND purchaser_id = ?",
        shard,
        purchaserId);
  }

  static void deletePending(Connection connection, int shard, UUID purchaserId)
      throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM purchase_pending WHERE shard = ? AND purchaser_id = ?",
        shard,
        purchaserId);
  }

  /** Whether a pseudonym waits to be counted or made anew. */
  static boolean isAnyWaiting(Connection connection, int shard, UUID purchaserId)
      throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT EXISTS (SELECT FROM purchase_pending WHERE shard = ? AND purchaser_id = ?)
                OR EXISTS (SELECT FROM purchaser_rebuild WHERE shard = ? AND purchaser_id = ?)
            """,
            row -> row.getBoolean(1),
            shard,
            purchaserId,
            shard,
            purchaserId)
        .getFirst();
  }

  /** Purchases of a pseudonym with whatever names them. */
  static void removeAllOf(Connection connection, int shard, UUID purchaserId) throws SQLException {
    deletePendingOf(connection, shard, purchaserId);
    CorrectionRepository.rebuilt(connection, shard, purchaserId);
    for (String table : List.of(LedgerEvents.INDEX, LedgerEvents.CORRECTIONS, "purchase_void")) {
      Sql.update(
          connection,
          """
          DELETE FROM %s WHERE purchase_id IN (SELECT id FROM purchase WHERE purchaser_id = ?)
          """
              .formatted(table),
          purchaserId);
    }
    Sql.update(connection, "DELETE FROM purchase WHERE purchaser_id = ?", purchaserId);
  }

  static List<Integer> shardsToDo(Connection connection) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT s FROM generate_series(0, ?) AS s
        WHERE EXISTS (SELECT FROM purchase_pending p WHERE p.shard = s)
            OR EXISTS (SELECT FROM purchaser_rebuild r WHERE r.shard = s)
        """,
        row -> row.getInt(1),
        Shards.COUNT - 1);
  }

  static long pending(Connection connection) throws SQLException {
    return Sql.number(
        connection,
        """
        SELECT (SELECT count(*) FROM purchase_pending) + (SELECT count(*) FROM purchaser_rebuild)
        """);
  }
}
