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

  /** Finding the provider takes longer than the wrapping. */
  private static final Pool<Cipher> CIPHERS = Pool.forThisMachine(AesKwp::cipher);

  /** A cipher keeps the schedule of its last key: this one is nobody's. */
  private static final SecretKey NO_KEY =
      KeyBytes.takeOwnershipOf(new byte[KeyBytes.LENGTH], "AES");

  private AesKwp() {}

  static byte[] wrap(SecretKey key, byte[] plaintext) {
    try {
      return run(Cipher.ENCRYPT_MODE, key, plaintext);
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
      return Optional.of(run(Cipher.DECRYPT_MODE, key, wrapped));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("not an AES key", e);
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static byte[] run(int mode, SecretKey key, byte[] input) throws GeneralSecurityException {
    Cipher cipher = CIPHERS.take();
    cipher.init(mode, key);
    byte[] output = cipher.doFinal(input);
    cipher.init(mode, NO_KEY);
    // Only after it has gone well: one that failed half-way is not trusted with the next key.
    CIPHERS.give(cipher);
    return output;
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance(TRANSFORMATION);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + TRANSFORMATION, e);
    }
  }
}
