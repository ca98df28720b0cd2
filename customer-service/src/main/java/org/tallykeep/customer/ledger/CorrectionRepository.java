package org.tallykeep.customer.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.customer.index.Tags;
import org.tallykeep.customer.platform.Sql;

/** Which events were corrected, which purchases do not count for it, and who is to be made anew. */
final class CorrectionRepository {

  private CorrectionRepository() {}

  /** Takes events back that were written in this transaction. */
  static void deleteEvents(Connection connection, List<Tags> events) throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM purchase_event WHERE tag_a = ANY (?) OR tag_b = ANY (?)",
        Tags.inColumn("a", events),
        Tags.inColumn("b", events));
  }

  /** A purchase and where it stands. */
  record Place(int partition, UUID purchase) {}

  /** Those of the events' purchases that were corrected. */
  static List<Place> corrected(Connection connection, Collection<Tags> events) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT e.partition, e.purchase_id
        FROM purchase_event e JOIN purchase_correction c USING (tag_a) WHERE e.tag_a = ANY (?)
        UNION
        SELECT e.partition, e.purchase_id
        FROM purchase_event e JOIN purchase_correction c USING (tag_b) WHERE e.tag_b = ANY (?)
        """,
        row -> new Place(row.getInt(1), row.getObject(2, UUID.class)),
        Tags.inColumn("a", events),
        Tags.inColumn("b", events));
  }

  /** From now on these do not count. */
  static void makeVoid(Connection connection, List<Place> purchases) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO purchase_void SELECT * FROM unnest(?) ON CONFLICT DO NOTHING",
        (Object) Sql.ids(purchases.stream().map(Place::purchase).toList()));
  }

  /** Their buyers are made anew, counted or waiting. */
  static void rebuildBuyersOf(Connection connection, List<Place> purchases) throws SQLException {
    List<UUID> buyers =
        Sql.query(
            connection,
            """
            SELECT DISTINCT p.purchaser_id
            FROM unnest(?, ?) AS v (partition, id) JOIN purchase p USING (partition, id)
            """,
            row -> row.getObject(1, UUID.class),
            purchases.stream().map(Place::partition).toArray(Integer[]::new),
            Sql.ids(purchases.stream().map(Place::purchase).toList()));
    Sql.update(
        connection,
        "INSERT INTO purchaser_rebuild (shard, purchaser_id) SELECT * FROM unnest(?, ?)",
        buyers.stream().map(Shards::of).toArray(Integer[]::new),
        Sql.ids(buyers));
  }

  /** Those of a shard who are to be made anew, the first ones. */
  static List<UUID> toRebuild(Connection connection, int shard, int most) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT DISTINCT purchaser_id FROM purchaser_rebuild
        WHERE shard = ? ORDER BY purchaser_id LIMIT ?
        """,
        row -> row.getObject(1, UUID.class),
        shard,
        most);
  }

  /** Whoever is noted meanwhile by somebody else is made anew once more. */
  static void rebuilt(Connection connection, int shard, UUID purchaser) throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM purchaser_rebuild WHERE shard = ? AND purchaser_id = ?",
        shard,
        purchaser);
  }
}
