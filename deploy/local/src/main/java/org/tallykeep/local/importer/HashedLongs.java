package org.tallykeep.local.importer;

/**
 * A number for each of very many texts, which are kept as 64-bit hashes only: some 24 bytes each.
 * Two texts that share a hash share their number; users must be able to live with that.
 */
final class HashedLongs {

  private static final double FULL = 0.6;

  private long[] hashes = new long[1 << 12];
  private long[] values = new long[1 << 12];
  private int count;

  /** The number of a text, 0 for one that has none. */
  long get(String text) {
    return values[place(hash(text))];
  }

  /**
   * Gives a text a number.
   *
   * @param value not 0
   */
  void put(String text, long value) {
    if (count > FULL * hashes.length) {
      grow();
    }
    long hash = hash(text);
    int place = place(hash);
    if (values[place] == 0) {
      hashes[place] = hash;
      count++;
    }
    values[place] = value;
  }

  int count() {
    return count;
  }

  private int place(long hash) {
    int mask = hashes.length - 1;
    int place = (int) (hash ^ (hash >>> 32)) & mask;
    while (values[place] != 0 && hashes[place] != hash) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldHashes = hashes;
    long[] oldValues = values;
    hashes = new long[oldHashes.length * 2];
    values = new long[oldHashes.length * 2];
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldValues[i] != 0) {
        int place = place(oldHashes[i]);
        hashes[place] = oldHashes[i];
        values[place] = oldValues[i];
      }
    }
  }

  private static long hash(String text) {
    long hash = 0x9E3779B97F4A7C15L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0xBF58476D1CE4E5B9L;
      hash ^= hash >>> 31;
    }
    return hash;
  }
}
