package org.tallykeep.aggregates;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import org.tallykeep.envelope.KeyRef;

/**
 * What stands in one shard of one dataset, signed by the service that writes it, so that a row that
 * was taken away, exchanged or set back is noticed.
 *
 * @param dataset what is accounted for
 * @param shard 0 to 63
 * @param count how many rows
 * @param revision the highest revision that was ever given in this shard
 * @param sum see {@link ManifestSum}
 * @param macKey the version of the manifest key that the sum was made with
 * @param signature Ed25519 over {@link #signedBytes()}
 */
public record ShardManifest(
    Dataset dataset,
    int shard,
    long count,
    long revision,
    byte[] sum,
    KeyRef macKey,
    byte[] signature) {

  /** The name of the signature algorithm. */
  public static final String SIGNATURE_ALGORITHM = "Ed25519";

  private static final byte[] CONTEXT =
      "tallykeep shard manifest 1".getBytes(StandardCharsets.US_ASCII);

  /**
   * @throws IllegalArgumentException if the shard does not exist or a number is negative
   */
  public ShardManifest {
    if (shard < 0 || shard >= Shards.COUNT || count < 0 || revision < 0) {
      throw new IllegalArgumentException("no such manifest");
    }
    if (sum.length != ManifestSum.LENGTH) {
      throw new IllegalArgumentException("a sum has " + ManifestSum.LENGTH + " bytes");
    }
  }

  /** A manifest signed now. */
  public static ShardManifest sign(
      Dataset dataset,
      int shard,
      long count,
      long revision,
      ManifestSum sum,
      KeyRef macKey,
      PrivateKey key) {
    ShardManifest unsigned =
        new ShardManifest(dataset, shard, count, revision, sum.bytes(), macKey, new byte[0]);
    try {
      Signature signer = Signature.getInstance(SIGNATURE_ALGORITHM);
      signer.initSign(key);
      signer.update(unsigned.signedBytes());
      return new ShardManifest(
          dataset, shard, count, revision, unsigned.sum, macKey, signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a manifest could not be signed", e);
    }
  }

  /** Whether the holder of the key's other half signed exactly this. */
  public boolean isSignedBy(PublicKey key) {
    try {
      Signature verifier = Signature.getInstance(SIGNATURE_ALGORITHM);
      verifier.initVerify(key);
      verifier.update(signedBytes());
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Whether the rows that were read are all the rows there are. */
  public boolean accountsFor(long rows, ManifestSum rowSum) {
    return rows == count && Arrays.equals(sum, rowSum.bytes());
  }

  /** What is signed: fixed widths behind the context and the kind's length, so in one reading. */
  byte[] signedBytes() {
    byte[] kind = dataset.kind().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(CONTEXT.length + 1 + kind.length + 4 + 8 + 8 + 16 + 4 + sum.length)
        .put(CONTEXT)
        .put((byte) kind.length)
        .put(kind)
        .putInt(shard)
        .putLong(count)
        .putLong(revision)
        .put(Uuids.bytes(macKey.id()))
        .putInt(macKey.version())
        .put(sum)
        .array();
  }

  /** Leaves the bytes out. */
  @Override
  public String toString() {
    return "ShardManifest[%s %d: %d rows, revision %d]"
        .formatted(dataset.kind(), shard, count, revision);
  }
}
