package org.tallykeep.envelope;

import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * The one holder of raw key bytes. It is a {@link SecretKey} so that providers can use it, and can
 * be zeroed, which {@link javax.crypto.spec.SecretKeySpec} cannot.
 */
final class KeyBytes implements SecretKey {
  static final int LENGTH = 32;
  private static final long serialVersionUID = 1L;

  private final transient byte[] bytes;
  private final String algorithm;

  private KeyBytes(byte[] bytes, String algorithm) {
    this.bytes = bytes;
    this.algorithm = algorithm;
  }

  /** Copies a key of {@link #LENGTH} bytes and zeroes the argument, also when it is refused. */
  static KeyBytes takeOwnershipOf(byte[] key, String algorithm) {
    try {
      if (key.length != LENGTH) {
        throw new IllegalArgumentException("a key has " + LENGTH + " bytes, got " + key.length);
      }
      return new KeyBytes(key.clone(), algorithm);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * Keeps the array itself, of any length: for keys just derived and for published test vectors.
   */
  static KeyBytes wrapping(byte[] key, String algorithm) {
    return new KeyBytes(key, algorithm);
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  /** A copy, for providers only. */
  @Override
  public byte[] getEncoded() {
    return bytes.clone();
  }

  /** Overwrites the bytes. Callers make sure that nobody is using them. */
  @Override
  public void destroy() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "KeyBytes";
  }

  private Object writeReplace() throws java.io.ObjectStreamException {
    throw new java.io.NotSerializableException("KeyBytes");
  }
}
