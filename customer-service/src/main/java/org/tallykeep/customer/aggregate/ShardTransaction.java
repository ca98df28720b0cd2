package org.tallykeep.customer.aggregate;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.customer.ledger.HistoryTooLong;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.envelope.BlindIndexKey;

/** Opens one shard's datasets within a transaction and writes what became of them. */
@Singleton
final class ShardTransaction {

  private final DatasetRecords records;
  private final Manifests manifests;
  private final SeriesVersions versions;

  ShardTransaction(DatasetRecords records, Manifests manifests, SeriesVersions versions) {
    this.records = records;
    this.manifests = manifests;
    this.versions = versions;
  }

  /** Says what becomes of the pseudonyms read. */
  @FunctionalInterface
  interface Change {
    /**
     * Changes the state, by pseudonym.
     *
     * @return the days on which a pseudonym's orders differ now
     */
    Map<UUID, Set<Integer>> apply(Map<UUID, Counted> state);
  }

  /** Reads the pseudonyms' histories, applies the change, writes histories, series, manifests. */
  void run(Connection connection, int shard, Set<UUID> purchasers, Change change)
      throws SQLException {
    ShardWriter days = writer(connection, Dataset.PURCHASE_HISTORY, shard);
    ShardWriter baskets = writer(connection, Dataset.BASKET_HISTORY, shard);
    Map<UUID, Counted> before = read(days, baskets, purchasers);
    Map<UUID, Counted> after = new HashMap<>(before);
    Map<UUID, Set<Integer>> changedDays = change.apply(after);
    Contribution contribution = new Contribution();
    changedDays.forEach(
        (purchaser, affected) -> {
          Counted now = after.getOrDefault(purchaser, Counted.NOTHING);
          Counted then = before.getOrDefault(purchaser, Counted.NOTHING);
          contribution.change(then.baskets(), now.baskets(), affected);
          if (now.isNothing()) {
            days.remove(purchaser);
            baskets.remove(purchaser);
          } else {
            // Only purchases are refused for length: what else is known has to be told to any
            // history.
            boolean grows = !affected.isEmpty();
            days.put(purchaser, checked(now.days().encode(), grows));
            baskets.put(purchaser, checked(now.baskets().encode(), grows));
          }
        });
    days.write();
    baskets.write();
    writeSeries(connection, shard, contribution);
  }

  /** One pseudonym's histories as they stand; the manifests are locked from then on. */
  Counted read(Connection connection, int shard, UUID purchaser) throws SQLException {
    Set<UUID> one = Set.of(purchaser);
    return read(
            writer(connection, Dataset.PURCHASE_HISTORY, shard),
            writer(connection, Dataset.BASKET_HISTORY, shard),
            one)
        .getOrDefault(purchaser, Counted.NOTHING);
  }

  private static byte[] checked(byte[] history, boolean grows) {
    if (grows && history.length > HistoryTooLong.MOST_BYTES) {
      throw new HistoryTooLong();
    }
    return history;
  }

  private static Map<UUID, Counted> read(
      ShardWriter days, ShardWriter baskets, Set<UUID> purchasers) throws SQLException {
    Map<UUID, byte[]> dayPayloads = days.read(purchasers);
    Map<UUID, byte[]> basketPayloads = baskets.read(purchasers);
    if (!dayPayloads.keySet().equals(basketPayloads.keySet())) {
      throw new IllegalStateException("a pseudonym has one of its two histories only");
    }
    Map<UUID, Counted> state = new HashMap<>();
    dayPayloads.forEach(
        (purchaser, payload) -> {
          byte[] basket = basketPayloads.getOrDefault(purchaser, new byte[0]);
          state.put(
              purchaser,
              new Counted(PurchaseHistory.decode(payload), BasketHistory.decode(basket)));
        });
    return state;
  }

  private void writeSeries(Connection connection, int shard, Contribution contribution)
      throws SQLException {
    if (contribution.differences().isEmpty()) {
      return;
    }
    BlindIndexKey index = versions.keyOf(connection, shard);
    Map<UUID, SeriesKey> ids = new HashMap<>();
    contribution.differences().keySet().forEach(key -> ids.put(key.rowId(shard, index), key));
    ShardWriter series = writer(connection, Dataset.SALES_SERIES, shard);
    Map<UUID, byte[]> payloads = series.read(ids.keySet());
    ids.forEach(
        (id, key) -> {
          byte[] payload = payloads.get(id);
          SalesSeries before =
              payload == null
                  ? new SalesSeries(key.level(), key.name(), List.of())
                  : SalesSeries.decode(payload);
          SalesSeries after = before.plus(contribution.differences().getOrDefault(key, Map.of()));
          if (after.days().isEmpty()) {
            series.remove(id);
          } else {
            series.put(id, after.encode());
          }
        });
    series.write();
  }

  private ShardWriter writer(Connection connection, Dataset dataset, int shard)
      throws SQLException {
    return ShardWriter.lock(connection, records, manifests, dataset, shard);
  }
}
