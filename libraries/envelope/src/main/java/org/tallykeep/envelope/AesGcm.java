package org.tallykeep.envelope;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-GCM with 96-bit nonces and 128-bit tags (NIST SP 800-38D) on one reused cipher. Not
 * thread-safe.
 */
final class AesGcm {
  static final int NONCE_LENGTH = 12;
  static final int TAG_LENGTH = 16;
  private static final int TAG_BITS = 8 * TAG_LENGTH;

  private final Cipher cipher;

  AesGcm() {
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no AES-GCM", e);
    }
  }

  /**
   * Encrypts {@code length} bytes of {@code record} where they stand and writes the tag behind
   * them. The nonce is taken from the same array.
   */
  void sealInPlace(
      SecretKey key,
      byte[] aad,
      int aadLength,
      byte[] record,
      int nonceAt,
      int bodyAt,
      int length) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, nonce(record, nonceAt));
      cipher.updateAAD(aad, 0, aadLength);
      cipher.doFinal(record, bodyAt, length, record, bodyAt);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM cannot encrypt", e);
    }
  }

  /**
   * Decrypts {@code length} bytes, tag excluded, to the start of {@code into}.
   *
   * @return whether the tag was right; if not, nothing of {@code into} may be used
   */
  boolean open(
      SecretKey key,
      byte[] aad,
      int aadLength,
      byte[] record,
      int nonceAt,
      int bodyAt,
      int length,
      byte[] into) {
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, nonce(record, nonceAt));
      cipher.updateAAD(aad, 0, aadLength);
      cipher.doFinal(record, bodyAt, length + TAG_LENGTH, into, 0);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM cannot decrypt", e);
    }
  }

  /** Replaces the key schedule that the cipher still holds; the JDK overwrites the previous one. */
  void forgetKey() {
    try {
      KeyBytes none = KeyBytes.wrapping(new byte[KeyBytes.LENGTH], "AES");
      cipher.init(Cipher.DECRYPT_MODE, none, nonce(new byte[NONCE_LENGTH], 0));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM cannot be reset", e);
    }
  }

  private static GCMParameterSpec nonce(byte[] from, int at) {
    return new GCMParameterSpec(TAG_BITS, from, at, NONCE_LENGTH);
  }
}
