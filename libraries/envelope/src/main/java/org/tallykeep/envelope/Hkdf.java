package org.tallykeep.envelope;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * HKDF-Expand with SHA-256 (RFC 5869, section 2.3). Every key of this library is uniformly random,
 * so there is nothing to extract first.
 */
final class Hkdf {
  private static final String ALGORITHM = "HKDF-SHA256";

  /** Finding the provider takes longer than the derivation; nothing of a key stays in them. */
  private static final Pool<KDF> ENGINES = Pool.forThisMachine(Hkdf::engine);

  private Hkdf() {}

  static byte[] expand(SecretKey key, byte[] info, int length) {
    KDF engine = ENGINES.take();
    try {
      return engine.deriveData(HKDFParameterSpec.expandOnly(key, info, length));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("HKDF-SHA256 does not give " + length + " bytes", e);
    } finally {
      ENGINES.give(engine);
    }
  }

  /** A derived key of {@link KeyBytes#LENGTH} bytes for the given algorithm. */
  static KeyBytes expand(SecretKey key, Info info, String algorithm) {
    return KeyBytes.wrapping(expand(key, info.toBytes(), KeyBytes.LENGTH), algorithm);
  }

  private static KDF engine() {
    try {
      return KDF.getInstance(ALGORITHM);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
    }
  }
}
