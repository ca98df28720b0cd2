package org.tallykeep.analytics.histories;

import java.util.Arrays;

/** Finds a row by its pseudonym: open addressing over the random bits of the id. */
final class PseudonymIndex {

  /** Also the answer for an id that is not there. */
  private static final int FREE = -1;

  private final Columns columns;
  private int[] slots;
  private int indexed;

  /** Indexes the rows that are there; {@link #addLast} adds later ones. */
  PseudonymIndex(Columns columns) {
    this.columns = columns;
    slots = free(columns.size());
    while (indexed < columns.size()) {
      addLast();
    }
  }

  /** The row of an id, or -1. */
  int find(long high, long low) {
    return slots[slot(high, low)];
  }

  /** Adds the first row that is not indexed yet. */
  void addLast() {
    if (indexed * 2 >= slots.length) {
      slots = free(indexed * 2);
      for (int row = 0; row < indexed; row++) {
        slots[slot(columns.high(row), columns.low(row))] = row;
      }
    }
    slots[slot(columns.high(indexed), columns.low(indexed))] = indexed;
    indexed++;
  }

  /** Where the id is, or would go. */
  private int slot(long high, long low) {
    int mask = slots.length - 1;
    int slot = Long.hashCode((high ^ low) * 0x9E3779B97F4A7C15L) & mask;
    while (slots[slot] != FREE
        && (columns.high(slots[slot]) != high || columns.low(slots[slot]) != low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int[] free(int rows) {
    int[] slots = new int[Integer.highestOneBit(Math.max(16, rows)) * 4];
    Arrays.fill(slots, FREE);
    return slots;
  }
}
