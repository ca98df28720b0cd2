package org.tallykeep.keyvault.person;

import java.util.Arrays;

/**
 * What is wrapped in a row of {@code subject_key} or {@code pseudonym_key}: 40 bytes, so every row
 * has the same length.
 *
 * <pre>
 * offset length
 * 0      1      format, 1
 * 1      1      flags; bit 0 is set in a decoy
 * 2      6      zero
 * 8      32     key
 * </pre>
 *
 * The flags are inside the wrapping on purpose: in a column they would tell a thief what to avoid.
 */
final class KeyCapsule {

  static final int LENGTH = 40;
  static final int KEY_LENGTH = 32;
  private static final int FLAGS_AT = 1;
  private static final byte DECOY = 1;
  private static final int KEY_AT = 8;
  private static final byte FORMAT = 1;

  private KeyCapsule() {}

  /** The capsule of a key; the caller zeroes both. */
  static byte[] of(byte[] key, boolean decoy) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("a key has " + KEY_LENGTH + " bytes");
    }
    byte[] capsule = new byte[LENGTH];
    capsule[0] = FORMAT;
    capsule[FLAGS_AT] = decoy ? DECOY : 0;
    System.arraycopy(key, 0, capsule, KEY_AT, KEY_LENGTH);
    return capsule;
  }

  /** Whether the key in a capsule is a decoy's. */
  static boolean isDecoy(byte[] capsule) {
    check(capsule);
    return (capsule[FLAGS_AT] & DECOY) != 0;
  }

  private static void check(byte[] capsule) {
    if (capsule.length != LENGTH || capsule[0] != FORMAT) {
      throw new IllegalStateException("a capsule of an unknown format");
    }
  }

  /** The key in a capsule; the caller zeroes both. */
  static byte[] key(byte[] capsule) {
    check(capsule);
    return Arrays.copyOfRange(capsule, KEY_AT, LENGTH);
  }
}
