package org.tallykeep.customer.aggregate;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.customer.platform.DatasetRecords;

/**
 * Puts histories under other pseudonyms. What was bought stays the same to the last digit; only the
 * ids of the orders are others, and the sales series have nothing of either in them.
 */
@Singleton
public final class HistoryRenewal {

  private final DatasetRecords records;
  private final Manifests manifests;

  HistoryRenewal(DatasetRecords records, Manifests manifests) {
    this.records = records;
    this.manifests = manifests;
  }

  /** Keeps the aggregator from that shard until the transaction ends. */
  public static void lock(Connection connection, int shard) throws SQLException {
    ShardLocks.lock(connection, shard);
  }

  /**
   * Within the transaction that has the shard.
   *
   * @param pseudonyms the new ones by the old ones, all of that shard
   * @param purchases the new ids of their purchases by the old ones
   */
  public void move(
      Connection connection, int shard, Map<UUID, UUID> pseudonyms, Map<UUID, UUID> purchases)
      throws SQLException {
    move(connection, Dataset.PURCHASE_HISTORY, shard, pseudonyms, days -> days);
    move(
        connection,
        Dataset.BASKET_HISTORY,
        shard,
        pseudonyms,
        baskets -> Counted.under(purchases, BasketHistory.decode(baskets)).encode());
  }

  private void move(
      Connection connection,
      Dataset dataset,
      int shard,
      Map<UUID, UUID> pseudonyms,
      UnaryOperator<byte[]> payload)
      throws SQLException {
    ShardWriter writer = ShardWriter.lock(connection, records, manifests, dataset, shard);
    Map<UUID, byte[]> payloads = writer.read(pseudonyms.keySet());
    // Revisions follow the new ids, which say nothing of the old ones.
    pseudonyms.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.<UUID>naturalOrder()))
        .forEach(
            each -> {
              byte[] before = payloads.get(each.getKey());
              if (before != null) {
                writer.remove(each.getKey());
                writer.put(each.getValue(), payload.apply(before));
              }
            });
    writer.write();
  }
}
