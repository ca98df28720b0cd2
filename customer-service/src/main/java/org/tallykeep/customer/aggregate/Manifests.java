package org.tallykeep.customer.aggregate;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.ManifestSum;
import org.tallykeep.aggregates.ShardManifest;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.envelope.MacKey;

/** Reads, makes and signs manifests. */
@Singleton
final class Manifests {

  private static final byte[] SIGNING_KEY = "signing key".getBytes(StandardCharsets.US_ASCII);

  private final Keys keys;
  private final SigningKey signingKey;

  Manifests(Keys keys, SigningKey signingKey) {
    this.keys = keys;
    this.signingKey = signingKey;
  }

  /** The key that a manifest's sum was made with; of an empty shard, the current one. */
  MacKey keyOf(ShardManifest manifest) {
    return keys.manifest(manifest.macKey());
  }

  MacKey currentKey() {
    return keys.manifest();
  }

  ShardManifest sign(
      Dataset dataset, int shard, long count, long revision, ManifestSum sum, MacKey key) {
    return ShardManifest.sign(
        dataset, shard, count, revision, sum, key.ref(), signingKey.pair().privateKey());
  }

  /**
   * The manifest of a shard, locked; a shard that has none yet gets that of an empty one. Whoever
   * goes on from a manifest vouches for it, so one that this service did not sign stops here.
   *
   * @throws IllegalStateException if it was changed, or taken away from under its rows
   */
  ShardManifest lock(Connection connection, Dataset dataset, int shard) throws SQLException {
    Optional<ShardManifest> stored = ManifestRepository.lock(connection, dataset, shard);
    return stored.isPresent()
        ? verified(stored.get())
        : emptyUnlessRows(connection, dataset, shard);
  }

  /**
   * All 64, in order.
   *
   * @throws IllegalStateException as {@link #lock}
   */
  List<ShardManifest> all(Connection connection, Dataset dataset) throws SQLException {
    Map<Integer, ShardManifest> stored =
        ManifestRepository.all(connection, dataset).stream()
            .map(this::verified)
            .collect(Collectors.toMap(ShardManifest::shard, manifest -> manifest));
    List<ShardManifest> all = new ArrayList<>(Shards.COUNT);
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      ShardManifest manifest = stored.get(shard);
      all.add(manifest == null ? emptyUnlessRows(connection, dataset, shard) : manifest);
    }
    return all;
  }

  /** Whether this service signed it. */
  boolean isOurs(ShardManifest manifest) {
    return manifest.isSignedBy(signingKey.pair().publicKey());
  }

  private ShardManifest verified(ShardManifest manifest) {
    if (!isOurs(manifest)) {
      throw notOurs(manifest.dataset(), manifest.shard());
    }
    return manifest;
  }

  private ShardManifest emptyUnlessRows(Connection connection, Dataset dataset, int shard)
      throws SQLException {
    if (AggregateRepository.anyRow(connection, dataset, shard)) {
      throw notOurs(dataset, shard);
    }
    return sign(dataset, shard, 0, 0, ManifestSum.zero(), currentKey());
  }

  private static IllegalStateException notOurs(Dataset dataset, int shard) {
    return new IllegalStateException(
        "the manifest of %s, shard %d, is not one that this service signed"
            .formatted(dataset.kind(), shard));
  }

  /** The other half of the signing key, in its X.509 encoding. */
  byte[] publicKey() {
    return signingKey.pair().publicKey().getEncoded();
  }

  /** By which a reader with the manifest key knows that the public key is this service's. */
  byte[] publicKeyMac() {
    return currentKey().mac(SIGNING_KEY, publicKey());
  }
}
