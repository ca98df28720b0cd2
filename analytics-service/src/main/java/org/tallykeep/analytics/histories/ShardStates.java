package org.tallykeep.analytics.histories;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tallykeep.aggregates.ManifestSum;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.envelope.KeyRef;

/** What was read of each shard so far: rows, their sum, and the key it was made with. */
final class ShardStates {

  private final long[] rows;
  private final ManifestSum[] sums;
  private final @Nullable KeyRef[] keys;

  private ShardStates(long[] rows, ManifestSum[] sums, @Nullable KeyRef[] keys) {
    this.rows = rows;
    this.sums = sums;
    this.keys = keys;
  }

  static ShardStates empty() {
    ManifestSum[] sums = new ManifestSum[Shards.COUNT];
    Arrays.setAll(sums, shard -> ManifestSum.zero());
    return new ShardStates(new long[Shards.COUNT], sums, new @Nullable KeyRef[Shards.COUNT]);
  }

  ShardStates copy() {
    ManifestSum[] copies = new ManifestSum[Shards.COUNT];
    Arrays.setAll(copies, shard -> ManifestSum.of(sums[shard].bytes()));
    return new ShardStates(rows.clone(), copies, keys.clone());
  }

  long rows(int shard) {
    return rows[shard];
  }

  ManifestSum sum(int shard) {
    return sums[shard];
  }

  @Nullable KeyRef key(int shard) {
    return keys[shard];
  }

  void use(int shard, KeyRef key) {
    keys[shard] = key;
  }

  void add(int shard, byte[] fingerprint) {
    rows[shard]++;
    sums[shard].add(fingerprint);
  }

  void subtract(int shard, byte[] fingerprint) {
    rows[shard]--;
    sums[shard].subtract(fingerprint);
  }
}
