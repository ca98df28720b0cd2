package org.tallykeep.envelope;

import java.util.UUID;

/**
 * The layout of a sealed record, format version 1. What a header says is not authenticated until
 * {@link SealingKey#open} has succeeded: use it to find the key and for nothing else.
 *
 * <pre>
 *   0   1  format version, 1
 *   1   1  suite, 1: AES-256-GCM, HKDF-SHA256
 *   2  16  key id
 *  18   4  key version, big-endian
 *  22  12  nonce
 *  34  32  key commitment
 *  66   n  ciphertext of the padded value
 *  66+n 16 tag
 * </pre>
 */
public final class SealedRecord {
  /** The longest value that can be sealed, in bytes. */
  public static final int MAX_VALUE_LENGTH = (1 << 24) - 1;

  /** The length of everything before the ciphertext, in bytes. */
  public static final int HEADER_LENGTH = 66;

  static final int NONCE_AT = 22;
  static final int COMMITMENT_AT = NONCE_AT + AesGcm.NONCE_LENGTH;
  static final int COMMITMENT_LENGTH = 32;
  static final int FORMAT = 1;
  static final int SUITE = 1;
  private static final int KEY_ID_AT = 2;
  private static final int KEY_VERSION_AT = 18;

  private SealedRecord() {}

  /**
   * The key that a record names in its header.
   *
   * @throws RecordNotOpenedException if this is not a sealed record of a known version and suite
   */
  public static KeyRef keyOf(byte[] record) {
    if (!isWellFormed(record)) {
      throw new RecordNotOpenedException();
    }
    UUID id = Bytes.getUuid(record, KEY_ID_AT);
    return new KeyRef(id, Bytes.getInt(record, KEY_VERSION_AT));
  }

  /** How long the record of a value of {@code valueLength} bytes is, in bytes. */
  public static int lengthFor(int valueLength) {
    if (valueLength < 0 || valueLength > MAX_VALUE_LENGTH) {
      throw new IllegalArgumentException(
          "a value has 0 to " + MAX_VALUE_LENGTH + " bytes, got " + valueLength);
    }
    return HEADER_LENGTH + Padding.paddedLength(valueLength) + AesGcm.TAG_LENGTH;
  }

  static boolean isWellFormed(byte[] record) {
    int padded = bodyLength(record);
    return padded <= MAX_VALUE_LENGTH + 1
        && Padding.isPaddedLength(padded)
        && record[0] == FORMAT
        && record[1] == SUITE
        && Bytes.getInt(record, KEY_VERSION_AT) >= 1;
  }

  /** The length of the ciphertext; negative if the record is shorter than a header and a tag. */
  static int bodyLength(byte[] record) {
    return record.length - HEADER_LENGTH - AesGcm.TAG_LENGTH;
  }

  /** The header of every record under one key, its nonce still zero. */
  static byte[] header(KeyRef ref, byte[] commitment) {
    byte[] header = new byte[HEADER_LENGTH];
    header[0] = FORMAT;
    header[1] = SUITE;
    Bytes.putUuid(header, KEY_ID_AT, ref.id());
    Bytes.putInt(header, KEY_VERSION_AT, ref.version());
    System.arraycopy(commitment, 0, header, COMMITMENT_AT, COMMITMENT_LENGTH);
    return header;
  }
}
