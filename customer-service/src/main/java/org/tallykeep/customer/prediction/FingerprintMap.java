package org.tallykeep.customer.prediction;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * From fingerprints of random ids to ids, in flat arrays: a million entries take some 50 MB at
 * most. Two ids share a fingerprint with a chance of about n² / 2⁶⁵, so what is found is to be
 * verified. Not thread-safe.
 */
final class FingerprintMap {

  private static final int FIRST_CAPACITY = 1 << 10;

  /** Three numbers an entry: fingerprint (0 where free) and the two halves of the value. */
  private long[] entries = new long[3 * FIRST_CAPACITY];

  private int size;

  /** 64 bits of a random id; never 0. */
  static long of(UUID id) {
    long mixed = id.getMostSignificantBits() ^ Long.rotateLeft(id.getLeastSignificantBits(), 29);
    return mixed == 0 ? 1 : mixed;
  }

  int size() {
    return size;
  }

  void put(UUID key, UUID value) {
    if (4L * (size + 1) > 3L * capacity()) {
      grow();
    }
    insert(of(key), value.getMostSignificantBits(), value.getLeastSignificantBits());
  }

  @Nullable UUID get(UUID key) {
    int at = find(of(key));
    return entries[at] == 0 ? null : new UUID(entries[at + 1], entries[at + 2]);
  }

  boolean contains(UUID key) {
    return entries[find(of(key))] != 0;
  }

  private int capacity() {
    return entries.length / 3;
  }

  private void insert(long fingerprint, long high, long low) {
    int at = find(fingerprint);
    if (entries[at] == 0) {
      size++;
    }
    entries[at] = fingerprint;
    entries[at + 1] = high;
    entries[at + 2] = low;
  }

  /** Where the fingerprint stands, or the free place where it would. */
  private int find(long fingerprint) {
    int mask = capacity() - 1;
    int slot = (int) (fingerprint >>> 17) & mask;
    while (entries[3 * slot] != 0 && entries[3 * slot] != fingerprint) {
      slot = (slot + 1) & mask;
    }
    return 3 * slot;
  }

  private void grow() {
    long[] before = entries;
    entries = new long[2 * before.length];
    size = 0;
    for (int at = 0; at < before.length; at += 3) {
      if (before[at] != 0) {
        insert(before[at], before[at + 1], before[at + 2]);
      }
    }
    Arrays.fill(before, 0);
  }
}
