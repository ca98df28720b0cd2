package org.tallykeep.keyvault.revocation;

import java.nio.ByteBuffer;

/**
 * The marks of all destroyed keys in memory, each with the ledger's entry that destroyed it: 24
 * bytes a mark in an open-addressed table, because a retailer erases millions over the years. Marks
 * are pseudo-random, so they are their own hash. Not thread-safe.
 */
final class Marks {

  private static final int SMALLEST = 1 << 10;

  private long[] high = new long[SMALLEST];
  private long[] low = new long[SMALLEST];

  /** 0 where nothing is, otherwise what was put. */
  private long[] values = new long[SMALLEST];

  private int size;

  /** What belongs to the mark; 0 where nothing does. */
  long get(byte[] mark) {
    ByteBuffer bytes = ByteBuffer.wrap(mark);
    return values[place(bytes.getLong(), bytes.getLong())];
  }

  /**
   * Keeps the first value of a mark.
   *
   * @param value not 0
   */
  void put(byte[] mark, long value) {
    if (2 * (size + 1) > values.length) {
      grow();
    }
    ByteBuffer bytes = ByteBuffer.wrap(mark);
    long first = bytes.getLong();
    long second = bytes.getLong();
    int place = place(first, second);
    if (values[place] == 0) {
      high[place] = first;
      low[place] = second;
      values[place] = value;
      size++;
    }
  }

  int size() {
    return size;
  }

  private int place(long first, long second) {
    int mask = values.length - 1;
    int place = (int) first & mask;
    while (values[place] != 0 && (high[place] != first || low[place] != second)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] firsts = high;
    long[] seconds = low;
    long[] known = values;
    high = new long[2 * known.length];
    low = new long[2 * known.length];
    values = new long[2 * known.length];
    for (int i = 0; i < known.length; i++) {
      if (known[i] != 0) {
        int place = place(firsts[i], seconds[i]);
        high[place] = firsts[i];
        low[place] = seconds[i];
        values[place] = known[i];
      }
    }
  }
}
