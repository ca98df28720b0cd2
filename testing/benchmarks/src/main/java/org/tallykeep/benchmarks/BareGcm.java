package org.tallykeep.benchmarks;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM as one would write it by hand: one cipher, one key, the padded value and the
 * associated data ready in arrays, nonces from a block of random bytes. No format, no handle, no
 * commitment, no padding.
 */
final class BareGcm {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();
  private final byte[] block;
  private int next;

  /**
   * @param noncesPerDraw how many nonces to take from the generator at once
   */
  BareGcm(byte[] key32, int noncesPerDraw) {
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    key = new SecretKeySpec(key32, "AES");
    block = new byte[noncesPerDraw * NONCE];
    next = block.length;
  }

  byte[] seal(byte[] ad, byte[] padded) {
    if (next == block.length) {
      random.nextBytes(block);
      next = 0;
    }
    byte[] record = new byte[NONCE + padded.length + TAG_BITS / 8];
    System.arraycopy(block, next, record, 0, NONCE);
    next += NONCE;
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, record, 0, NONCE));
      cipher.updateAAD(ad);
      cipher.doFinal(padded, 0, padded.length, record, NONCE);
      return record;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] open(byte[] ad, byte[] record) {
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, record, 0, NONCE));
      cipher.updateAAD(ad);
      return cipher.doFinal(record, NONCE, record.length - NONCE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
