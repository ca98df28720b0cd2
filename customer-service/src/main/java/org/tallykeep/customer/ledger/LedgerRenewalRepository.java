package org.tallykeep.customer.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.index.Versions;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Tag;

/** Rows of the ledger on their way to other ids. */
final class LedgerRenewalRepository {

  /** A purchase: where it stands, what it is and whose, and what it and its buyer will be. */
  record Moved(int partition, UUID before, UUID after, UUID buyerBefore, UUID buyerAfter) {}

  /** A purchase and the tags that stand beside its id. */
  record MovedTag(Moved purchase, Tags tags) {}

  private LedgerRenewalRepository() {}

  /** How many purchases each has; who has none is missing. */
  static Map<UUID, Long> count(Connection connection, Collection<UUID> buyers) throws SQLException {
    Map<UUID, Long> counts = new HashMap<>();
    Sql.query(
        connection,
        "SELECT purchaser_id, count(*) FROM purchase WHERE purchaser_id = ANY (?) GROUP BY 1",
        row -> counts.put(row.getObject(1, UUID.class), row.getLong(2)),
        (Object) Sql.ids(buyers));
    return counts;
  }

  /** All purchases of these buyers, each with a new random id. */
  static List<Moved> of(Connection connection, Map<UUID, UUID> buyers) throws SQLException {
    return new ArrayList<>(
        Sql.query(
            connection,
            "SELECT partition, id, purchaser_id FROM purchase WHERE purchaser_id = ANY (?)",
            row -> {
              UUID buyer = row.getObject(3, UUID.class);
              return new Moved(
                  row.getInt(1),
                  row.getObject(2, UUID.class),
                  UUID.randomUUID(),
                  buyer,
                  Objects.requireNonNull(buyers.get(buyer)));
            },
            (Object) Sql.ids(buyers.keySet())));
  }

  /** The sealed purchases by their ids from before. */
  static Map<UUID, byte[]> sealed(Connection connection, List<Moved> purchases)
      throws SQLException {
    Map<UUID, byte[]> sealed = new HashMap<>();
    Sql.query(
        connection,
        """
        SELECT p.id, p.sealed
        FROM unnest(?, ?) AS moved (partition, id) JOIN purchase p USING (partition, id)
        """,
        row -> sealed.put(row.getObject(1, UUID.class), row.getBytes(2)),
        purchases.stream().map(Moved::partition).toArray(Integer[]::new),
        ids(purchases));
    return sealed;
  }

  static void insert(
      Connection connection, int partition, List<Moved> purchases, List<byte[]> sealed)
      throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO purchase (partition, id, purchaser_id, sealed)
        SELECT ?, moved.id, moved.buyer, moved.sealed
        FROM unnest(?::uuid[], ?::uuid[], ?::bytea[]) AS moved (id, buyer, sealed)
        """,
        partition,
        newIds(purchases),
        Sql.ids(purchases.stream().map(Moved::buyerAfter).toList()),
        sealed.toArray(new byte[0][]));
  }

  static void delete(Connection connection, Collection<UUID> buyers) throws SQLException {
    Sql.update(
        connection, "DELETE FROM purchase WHERE purchaser_id = ANY (?)", (Object) Sql.ids(buyers));
  }

  /**
   * Tags stand beside the new ids.
   *
   * @param version of the index key, under which every row has one; rows are locked in their order,
   *     as whoever makes tags anew does
   */
  static void moveTags(
      Connection connection, String table, int version, int partition, List<MovedTag> moved)
      throws SQLException {
    if (moved.isEmpty()) {
      return;
    }
    List<MovedTag> sorted =
        moved.stream()
            .sorted(Comparator.comparing(each -> each.tags.under(version), Tag.ORDER))
            .toList();
    List<Moved> purchases = sorted.stream().map(MovedTag::purchase).toList();
    Sql.update(
        connection,
        """
        UPDATE %s e SET partition = ?, purchase_id = moved.after
        FROM unnest(?, ?, ?) AS moved (tag, before, after)
        WHERE e.tag_%s = moved.tag AND e.purchase_id = moved.before
        """
            .formatted(table, Versions.column(version)),
        partition,
        Tag.toArray(sorted.stream().map(each -> each.tags.under(version)).toList()),
        ids(purchases),
        newIds(purchases));
  }

  /** What waits, what was put aside, what does not count. */
  static void moveMarks(Connection connection, int shard, int partition, List<Moved> purchases)
      throws SQLException {
    // Whoever puts something aside takes it from what waits: who is met there has done so.
    for (String table : List.of("purchase_pending", "purchase_parked")) {
      Sql.update(
          connection,
          """
          UPDATE %s q SET purchaser_id = moved.buyer, partition = ?, purchase_id = moved.after
          FROM unnest(?, ?, ?, ?) AS moved (buyer_before, buyer, before, after)
          WHERE q.shard = ? AND q.purchaser_id = moved.buyer_before AND q.purchase_id = moved.before
          """
              .formatted(table),
          partition,
          Sql.ids(purchases.stream().map(Moved::buyerBefore).toList()),
          Sql.ids(purchases.stream().map(Moved::buyerAfter).toList()),
          ids(purchases),
          newIds(purchases),
          shard);
    }
    Sql.update(
        connection,
        """
        UPDATE purchase_void v SET purchase_id = moved.after
        FROM unnest(?, ?) AS moved (before, after) WHERE v.purchase_id = moved.before
        """,
        ids(purchases),
        newIds(purchases));
  }

  static void moveRebuilds(Connection connection, int shard, Map<UUID, UUID> buyers)
      throws SQLException {
    UUID[] before = Sql.ids(buyers.keySet());
    Sql.update(
        connection,
        """
        UPDATE purchaser_rebuild r SET purchaser_id = moved.after
        FROM unnest(?, ?) AS moved (before, after)
        WHERE r.shard = ? AND r.purchaser_id = moved.before
        """,
        before,
        Stream.of(before).map(buyers::get).toArray(UUID[]::new),
        shard);
  }

  private static UUID[] ids(List<Moved> purchases) {
    return Sql.ids(purchases.stream().map(Moved::before).toList());
  }

  private static UUID[] newIds(List<Moved> purchases) {
    return Sql.ids(purchases.stream().map(Moved::after).toList());
  }
}
