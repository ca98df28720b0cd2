package org.tallykeep.customer.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.customer.platform.Sql;

/** Which pseudonyms of a shard a table has, by their ids alone: read from the index on them. */
public final class ShardIds {

  private ShardIds() {}

  /**
   * Each once.
   *
   * @param table part of a statement, so never from outside
   * @param column of pseudonyms, indexed
   */
  public static List<UUID> of(Connection connection, String table, String column, int shard)
      throws SQLException {
    // The rows are a hundred times as large as the index, and one in 64 is wanted.
    seqScans(connection, "off");
    List<UUID> ids =
        Sql.query(
            connection,
            "SELECT DISTINCT %1$s FROM %2$s WHERE get_byte(uuid_send(%1$s), 15) & ? = ?"
                .formatted(column, table),
            row -> row.getObject(1, UUID.class),
            Shards.COUNT - 1,
            shard);
    seqScans(connection, "on");
    return ids;
  }

  private static void seqScans(Connection connection, String onOrOff) throws SQLException {
    Sql.query(connection, "SELECT set_config('enable_seqscan', ?, true)", row -> true, onOrOff);
  }
}
