package org.tallykeep.customer.aggregate;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.ManifestSum;
import org.tallykeep.aggregates.ShardManifest;
import org.tallykeep.customer.maintenance.Rewritable;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.envelope.MacKey;

/**
 * Writes the aggregates anew: in the order of their random ids, all by one transaction, and under
 * new revisions in random order, for a revision is an order in time as well. Rows that the
 * manifests do not account for stop it, so that it never covers up what was done to a row.
 */
@Singleton
final class AggregateRewrite implements Rewritable {

  private static final int BATCH = 1000;

  private final DatasetRecords records;
  private final Manifests manifests;
  private final SecureRandom random;

  AggregateRewrite(DatasetRecords records, Manifests manifests, SecureRandom random) {
    this.records = records;
    this.manifests = manifests;
    this.random = random;
  }

  @Override
  public String name() {
    return "aggregates";
  }

  @Override
  public long rewrite(Connection connection) throws SQLException {
    ShardLocks.lockAll(connection);
    long rows = 0;
    for (Dataset dataset : Dataset.values()) {
      rows += rewrite(connection, dataset);
    }
    return rows;
  }

  private long rewrite(Connection connection, Dataset dataset) throws SQLException {
    String table = dataset.kind();
    try (Statement statement = connection.createStatement()) {
      // A reader that takes its time must not keep everybody from counting: then another night.
      statement.execute("SET LOCAL lock_timeout = '20s'");
      statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
      statement.execute(
          "CREATE TEMPORARY TABLE old_%1$s ON COMMIT DROP AS SELECT * FROM %1$s".formatted(table));
      statement.execute("TRUNCATE " + table);
    }
    List<ShuffledShard> shards =
        manifests.all(connection, dataset).stream()
            .map(manifest -> new ShuffledShard(manifest, manifests, random))
            .collect(Collectors.toList());
    long rows = 0;
    try (PreparedStatement all =
        connection.prepareStatement(
            "SELECT id, shard, revision, sealed FROM old_" + table + " ORDER BY id")) {
      all.setFetchSize(BATCH);
      try (ResultSet old = all.executeQuery()) {
        List<SealedRow> batch = new ArrayList<>(BATCH);
        while (old.next()) {
          SealedRow row = AggregateRepository.row(dataset, old);
          batch.add(shards.get(row.shard()).renew(row, records));
          rows++;
          if (batch.size() == BATCH) {
            write(connection, dataset, batch);
          }
        }
        write(connection, dataset, batch);
      }
    }
    for (ShuffledShard shard : shards) {
      ManifestRepository.save(connection, shard.manifest());
    }
    return rows;
  }

  private static void write(Connection connection, Dataset dataset, List<SealedRow> batch)
      throws SQLException {
    AggregateRepository.insert(connection, dataset, batch);
    batch.clear();
  }

  /** One shard on its way from the old revisions to the new. */
  private static final class ShuffledShard {
    private final ShardManifest before;
    private final Manifests manifests;
    private final MacKey oldKey;
    private final MacKey newKey;
    private final ManifestSum oldSum = ManifestSum.zero();
    private final ManifestSum newSum = ManifestSum.zero();
    private final int[] order;
    private int done;

    ShuffledShard(ShardManifest before, Manifests manifests, SecureRandom random) {
      this.before = before;
      this.manifests = manifests;
      this.oldKey = manifests.keyOf(before);
      this.newKey = manifests.currentKey();
      this.order = new int[Math.toIntExact(before.count())];
      // Fisher and Yates, inside out.
      for (int i = 0; i < order.length; i++) {
        int other = random.nextInt(i + 1);
        order[i] = order[other];
        order[other] = i + 1;
      }
    }

    SealedRow renew(SealedRow old, DatasetRecords records) {
      if (done == order.length) {
        throw notAccountedFor();
      }
      oldSum.add(old.fingerprint(oldKey));
      long revision = before.revision() + order[done++];
      byte[] payload = records.open(Dataset.PURPOSE, old.associatedData(), old.sealed());
      byte[] sealed =
          records.seal(Dataset.PURPOSE, old.dataset().associatedData(old.id(), revision), payload);
      SealedRow renewed = new SealedRow(old.dataset(), old.id(), old.shard(), revision, sealed);
      newSum.add(renewed.fingerprint(newKey));
      return renewed;
    }

    ShardManifest manifest() {
      if (!before.accountsFor(done, oldSum)) {
        throw notAccountedFor();
      }
      return manifests.sign(
          before.dataset(),
          before.shard(),
          before.count(),
          before.revision() + before.count(),
          newSum,
          newKey);
    }

    private IllegalStateException notAccountedFor() {
      return new IllegalStateException(
          "the rows of %s, shard %d, are not those of its manifest"
              .formatted(before.dataset().kind(), before.shard()));
    }
  }
}
