package org.tallykeep.envelope;

import java.util.Arrays;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Everything an operation needs beside its key, made once and used again: cipher, nonces and
 * buffers. One user at a time; the pool sees to that.
 */
final class Workbench {
  private static final int SCRATCH = 4096;

  private final AesGcm cipher = new AesGcm();
  private final NonceSource nonces;
  private final byte[] aad = new byte[SealedRecord.HEADER_LENGTH + AssociatedData.MAX_ENCODED];
  private final byte[] scratch = new byte[SCRATCH];

  /** Whose key schedule the cipher still holds. */
  private @Nullable SecretKey lastKey;

  Workbench(NonceSource nonces) {
    this.nonces = nonces;
  }

  /** Draws the nonce and encrypts the padded value that already stands in the record. */
  void seal(SecretKey key, AssociatedData ad, byte[] record) {
    lastKey = key;
    nonces.next(record, SealedRecord.NONCE_AT);
    cipher.sealInPlace(
        key,
        aad,
        authenticated(ad, record),
        record,
        SealedRecord.NONCE_AT,
        SealedRecord.HEADER_LENGTH,
        SealedRecord.bodyLength(record));
  }

  /** The value, or null if the record was changed or belongs elsewhere. */
  byte @Nullable [] open(SecretKey key, AssociatedData ad, byte[] record) {
    lastKey = key;
    int length = SealedRecord.bodyLength(record);
    byte[] padded = length <= SCRATCH ? scratch : new byte[length];
    try {
      int aadLength = authenticated(ad, record);
      if (!cipher.open(
          key,
          aad,
          aadLength,
          record,
          SealedRecord.NONCE_AT,
          SealedRecord.HEADER_LENGTH,
          length,
          padded)) {
        return null;
      }
      int valueLength = Padding.unpaddedLength(padded, length);
      return valueLength < 0 ? null : Arrays.copyOf(padded, valueLength);
    } finally {
      Arrays.fill(padded, 0, length, (byte) 0);
    }
  }

  boolean lastUsed(SecretKey key) {
    return lastKey == key;
  }

  void forgetKey() {
    cipher.forgetKey();
    lastKey = null;
  }

  /** The header, then the associated data: what the tag covers beside the ciphertext. */
  private int authenticated(AssociatedData ad, byte[] record) {
    System.arraycopy(record, 0, aad, 0, SealedRecord.HEADER_LENGTH);
    return ad.encode(aad, SealedRecord.HEADER_LENGTH);
  }
}
