package org.tallykeep.envelope;

import java.util.Arrays;

/**
 * The info string of a key derivation: components after their lengths in two bytes each, so that no
 * two lists of components give the same string. The first names the use, the second is the version
 * of this scheme.
 */
final class Info {
  private static final int SCHEME = 1;

  private byte[] bytes = new byte[160];
  private int length;

  private Info(String use) {
    name(use).number(SCHEME);
  }

  static Info of(String use) {
    return new Info(use);
  }

  Info name(String name) {
    Names.check("info component", name.replace(' ', '-'));
    reserve(name.length());
    length = Bytes.putName(bytes, length, name);
    return this;
  }

  Info number(int value) {
    reserve(Integer.BYTES);
    length = Bytes.putInt(bytes, Bytes.putShort(bytes, length, Integer.BYTES), value);
    return this;
  }

  Info key(KeyRef ref) {
    reserve(2 * Long.BYTES);
    length = Bytes.putUuid(bytes, Bytes.putShort(bytes, length, 2 * Long.BYTES), ref.id());
    return number(ref.version());
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int component) {
    if (length + Short.BYTES + component > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + component);
    }
  }
}
