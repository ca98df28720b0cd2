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
    // Without a branch for each character: every record's associated data passes here.
    int outside = 0;
    for (int i = 0; i < name.length(); i++) {
      int c = name.charAt(i);
      outside |= (c - '!') | ('~' - c);
    }
    if (outside < 0) {
      throw new IllegalArgumentException(what + ": visible ASCII only");
    }
  }
}
