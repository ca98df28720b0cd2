package org.tallykeep.envelope;

import java.util.HexFormat;
import java.util.UUID;

/** The keys, names and numbers that several tests use. */
final class Keys {
  static final KeyRef REF = new KeyRef(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"), 7);
  static final UUID RECORD_ID = UUID.fromString("0f0e0d0c-0b0a-0908-0706-050403020100");
  static final AssociatedData AD =
      AssociatedData.of("purchase_history", RECORD_ID, "aggregate", 42);

  private Keys() {}

  /** The 32 bytes {@code first, first + 1, ...}. */
  static byte[] counting(int first) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  static SealingKey sealing() {
    return SealingKey.takeOwnershipOf(REF, counting(0));
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }
}
