package org.tallykeep.customer.aggregate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.ShardManifest;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.envelope.KeyRef;

/** The manifests. */
final class ManifestRepository {

  private static final String COLUMNS =
      "dataset, shard, count, revision, sum, mac_key, mac_key_version, signature";

  private ManifestRepository() {}

  private static ShardManifest manifest(Dataset dataset, ResultSet row) throws SQLException {
    return new ShardManifest(
        dataset,
        row.getInt("shard"),
        row.getLong("count"),
        row.getLong("revision"),
        row.getBytes("sum"),
        new KeyRef(row.getObject("mac_key", UUID.class), row.getInt("mac_key_version")),
        row.getBytes("signature"));
  }

  /** A manifest, which nobody else changes as long as the transaction lasts. */
  static Optional<ShardManifest> lock(Connection connection, Dataset dataset, int shard)
      throws SQLException {
    return Sql.query(
            connection,
            "SELECT "
                + COLUMNS
                + " FROM aggregate_manifest WHERE dataset = ? AND shard = ? FOR UPDATE",
            row -> manifest(dataset, row),
            dataset.kind(),
            shard)
        .stream()
        .findFirst();
  }

  static Optional<ShardManifest> find(Connection connection, Dataset dataset, int shard)
      throws SQLException {
    return Sql.query(
            connection,
            "SELECT " + COLUMNS + " FROM aggregate_manifest WHERE dataset = ? AND shard = ?",
            row -> manifest(dataset, row),
            dataset.kind(),
            shard)
        .stream()
        .findFirst();
  }

  static List<ShardManifest> all(Connection connection, Dataset dataset) throws SQLException {
    return Sql.query(
        connection,
        "SELECT " + COLUMNS + " FROM aggregate_manifest WHERE dataset = ? ORDER BY shard",
        row -> manifest(dataset, row),
        dataset.kind());
  }

  static void save(Connection connection, ShardManifest manifest) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO aggregate_manifest (%s) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (dataset, shard) DO UPDATE SET
            count = excluded.count, revision = excluded.revision, sum = excluded.sum,
            mac_key = excluded.mac_key, mac_key_version = excluded.mac_key_version,
            signature = excluded.signature
        """
            .formatted(COLUMNS),
        manifest.dataset().kind(),
        manifest.shard(),
        manifest.count(),
        manifest.revision(),
        manifest.sum(),
        manifest.macKey().id(),
        manifest.macKey().version(),
        manifest.signature());
  }
}
