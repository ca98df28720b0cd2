package org.tallykeep.envelope;

/**
 * The names that go into associated data and key derivation: visible ASCII, so one spelling each.
 */
final class Names {
  static final int MAX_LENGTH = 255;

  private Names() {}

  static void check(String what, String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          what + ": 1 to " + MAX_LENGTH + " characters, got " + name.length());
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c > '~') {
        throw new IllegalArgumentException(what + ": visible ASCII only, see character " + i);
      }
    }
  }
}
