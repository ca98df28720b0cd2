package org.tallykeep.customer.aggregate;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.index.Reindexed;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.BlindIndexKey;
import org.tallykeep.envelope.KeyRef;

/**
 * Gives sales series ids under the newer version of the index key, a shard in one transaction, so
 * that its aggregator finds all of them under one.
 */
@Singleton
final class SeriesReindexing implements Reindexed {

  private static final int PORTION = 1_000;

  private final Transactions transactions;
  private final DatasetRecords records;
  private final Manifests manifests;
  private final SeriesVersions versions;

  SeriesReindexing(
      Transactions transactions,
      DatasetRecords records,
      Manifests manifests,
      SeriesVersions versions) {
    this.transactions = transactions;
    this.records = records;
    this.manifests = manifests;
    this.versions = versions;
  }

  @Override
  public String name() {
    return Dataset.SALES_SERIES.kind();
  }

  @Override
  public void move(IndexVersions index, Count count) {
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      int place = shard;
      boolean moved =
          index.with(
              keys ->
                  transactions.call(
                      connection -> {
                        ShardLocks.lock(connection, place);
                        // Whoever had the shard may have had it for long.
                        keys.hold(connection);
                        KeyRef newest = keys.versions().newestKey();
                        return move(connection, place, index, newest);
                      }));
      count.add(moved ? 1 : 0);
    }
  }

  /** Whether there was anything to do. */
  private boolean move(Connection connection, int shard, IndexVersions index, KeyRef newest)
      throws SQLException {
    Optional<Integer> before = versions.find(connection, shard);
    if (before.filter(version -> version == newest.version()).isPresent()) {
      return false;
    }
    List<UUID> ids = ids(connection, shard);
    for (int from = 0; from < ids.size(); from += PORTION) {
      List<UUID> some = ids.subList(from, Math.min(ids.size(), from + PORTION));
      // Anew for each portion: a large shard takes longer than a handle lives.
      move(connection, shard, index.key(newest), some);
    }
    versions.save(connection, shard, newest.version());
    return true;
  }

  private void move(Connection connection, int shard, BlindIndexKey newest, List<UUID> ids)
      throws SQLException {
    ShardWriter writer =
        ShardWriter.lock(connection, records, manifests, Dataset.SALES_SERIES, shard);
    writer
        .read(ids)
        .forEach(
            (id, payload) -> {
              writer.remove(id);
              writer.put(key(SalesSeries.decode(payload)).rowId(shard, newest), payload);
            });
    writer.write();
  }

  private static SeriesKey key(SalesSeries series) {
    // A row holds one year, and none that is empty.
    int year = LocalDate.ofEpochDay(series.days().getFirst().epochDay()).getYear();
    return new SeriesKey(series.level(), series.name(), year);
  }

  private static List<UUID> ids(Connection connection, int shard) throws SQLException {
    return Sql.query(
        connection,
        "SELECT id FROM sales_series WHERE shard = ? ORDER BY id",
        row -> row.getObject(1, UUID.class),
        shard);
  }

  @Override
  public long left(Connection connection, int version) throws SQLException {
    return total(connection) - versions.under(connection, version);
  }

  @Override
  public long total(Connection connection) {
    return Shards.COUNT;
  }

  /** The older ids are gone with the rows that had them. */
  @Override
  public int forget(Connection connection, int version) {
    return 0;
  }
}
