package org.tallykeep.envelope;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * HKDF-Expand with SHA-256 (RFC 5869, section 2.3). Every key of this library is uniformly random,
 * so there is nothing to extract first.
 */
final class Hkdf {
  private Hkdf() {}

  static byte[] expand(SecretKey key, byte[] info, int length) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(HKDFParameterSpec.expandOnly(key, info, length));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("HKDF-SHA256 does not give " + length + " bytes", e);
    }
  }

  /** A derived key of {@link KeyBytes#LENGTH} bytes for the given algorithm. */
  static KeyBytes expand(SecretKey key, Info info, String algorithm) {
    return KeyBytes.wrapping(expand(key, info.toBytes(), KeyBytes.LENGTH), algorithm);
  }
}
