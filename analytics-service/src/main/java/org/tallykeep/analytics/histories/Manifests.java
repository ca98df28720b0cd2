package org.tallykeep.analytics.histories;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.stream.Stream;
import org.tallykeep.aggregates.HistoryStream;
import org.tallykeep.aggregates.ShardManifest;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.envelope.MacKey;

/** The manifests of one stream, found genuine and not older than what was seen before. */
final class Manifests {

  /** What precedes the public key in its code, see docs/formats.md. */
  private static final byte[] SIGNING_KEY = "signing key".getBytes(StandardCharsets.US_ASCII);

  private final ShardManifest[] byShard = new ShardManifest[Shards.COUNT];

  private Manifests(HistoryStream.Header header) {
    header.manifests().forEach(manifest -> byShard[manifest.shard()] = manifest);
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      if (byShard[shard] == null) {
        throw new UnaccountedHistoriesException("shard " + shard + " has no manifest");
      }
    }
  }

  /** Checks who signed, and that no shard is at a lower revision than it was. */
  static Manifests checked(HistoryStream.Header header, HistoryKeys keys, long[] remembered) {
    Manifests manifests = new Manifests(header);
    PublicKey signer = signer(header, keys);
    for (ShardManifest manifest : manifests.byShard) {
      if (!manifest.isSignedBy(signer)) {
        throw new UnaccountedHistoriesException(
            "the manifest of shard " + manifest.shard() + " is not signed");
      }
      if (manifest.revision() < remembered[manifest.shard()]) {
        throw new UnaccountedHistoriesException(
            "shard " + manifest.shard() + " is older than what was seen before");
      }
    }
    return manifests;
  }

  private static PublicKey signer(HistoryStream.Header header, HistoryKeys keys) {
    // The code may have been made under an earlier version of the key than the current one.
    Stream<MacKey> versions =
        Stream.concat(
            Stream.of(keys.currentManifest()),
            header.manifests().stream().map(ShardManifest::macKey).distinct().map(keys::manifest));
    boolean genuine =
        versions.anyMatch(
            key ->
                MessageDigest.isEqual(
                    key.mac(SIGNING_KEY, header.publicKey()), header.publicKeyMac()));
    if (!genuine) {
      throw new UnaccountedHistoriesException("the key that signs manifests is not genuine");
    }
    try {
      return KeyFactory.getInstance(ShardManifest.SIGNATURE_ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(header.publicKey()));
    } catch (GeneralSecurityException e) {
      throw new UnaccountedHistoriesException("the key that signs manifests is none");
    }
  }

  ShardManifest of(int shard) {
    return byShard[shard];
  }

  long[] revisions() {
    long[] revisions = new long[Shards.COUNT];
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      revisions[shard] = byShard[shard].revision();
    }
    return revisions;
  }
}
