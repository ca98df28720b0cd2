package org.tallykeep.envelope;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/** AES key wrap with padding (RFC 5649). */
final class AesKwp {
  private static final String TRANSFORMATION = "AES/KWP/NoPadding";
  private static final int HALF_BLOCK = 8;

  private AesKwp() {}

  static byte[] wrap(SecretKey key, byte[] plaintext) {
    try {
      return initialised(Cipher.ENCRYPT_MODE, key).doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-KWP cannot wrap " + plaintext.length + " bytes", e);
    }
  }

  /** Empty when the integrity check fails, for whatever reason. */
  static Optional<byte[]> unwrap(SecretKey key, byte[] wrapped) {
    // The JDK answers some of these lengths with a NegativeArraySizeException.
    if (wrapped.length < 2 * HALF_BLOCK || wrapped.length % HALF_BLOCK != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(initialised(Cipher.DECRYPT_MODE, key).doFinal(wrapped));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("not an AES key", e);
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Cipher initialised(int mode, SecretKey key) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key);
    return cipher;
  }
}
