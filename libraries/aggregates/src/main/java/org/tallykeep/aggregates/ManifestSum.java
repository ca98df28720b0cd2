package org.tallykeep.aggregates;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.tallykeep.envelope.MacKey;

/**
 * The sum modulo 2<sup>256</sup> of the keyed fingerprints of a set of rows. Rows are added and
 * taken away in any order; without the key nobody can replace a row and keep the sum.
 */
public final class ManifestSum {

  /** What the manifest key is made for. */
  public static final String MAC_USE = "manifest";

  /** Length of a sum and of a fingerprint, in bytes. */
  public static final int LENGTH = 32;

  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(LENGTH * Byte.SIZE);

  private BigInteger value;

  private ManifestSum(BigInteger value) {
    this.value = value;
  }

  /** The sum of no rows. */
  public static ManifestSum zero() {
    return new ManifestSum(BigInteger.ZERO);
  }

  /**
   * A sum that was stored.
   *
   * @throws IllegalArgumentException unless it has {@link #LENGTH} bytes
   */
  public static ManifestSum of(byte[] stored) {
    if (stored.length != LENGTH) {
      throw new IllegalArgumentException("a sum has " + LENGTH + " bytes");
    }
    return new ManifestSum(new BigInteger(1, stored));
  }

  /** The fingerprint of one row as it stands in the database. */
  public static byte[] fingerprint(
      MacKey key, Dataset dataset, UUID id, long revision, byte[] record) {
    return key.mac(
        dataset.kind().getBytes(StandardCharsets.US_ASCII),
        Uuids.bytes(id),
        ByteBuffer.allocate(Long.BYTES).putLong(revision).array(),
        sha256(record));
  }

  /** Counts a row in. */
  public void add(byte[] fingerprint) {
    value = value.add(new BigInteger(1, fingerprint)).mod(MODULUS);
  }

  /** Takes a row out that was counted in. */
  public void subtract(byte[] fingerprint) {
    value = value.subtract(new BigInteger(1, fingerprint)).mod(MODULUS);
  }

  /** The sum, big-endian, {@link #LENGTH} bytes. */
  public byte[] bytes() {
    byte[] magnitude = value.toByteArray();
    byte[] sum = new byte[LENGTH];
    int length = Math.min(magnitude.length, LENGTH);
    System.arraycopy(magnitude, magnitude.length - length, sum, LENGTH - length, length);
    return sum;
  }

  private static byte[] sha256(byte[] record) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(record);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
