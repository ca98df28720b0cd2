package org.tallykeep.keyvault.platform;

import java.util.UUID;
import java.util.function.Consumer;

/**
 * Ids in memory, each with a number: 24 bytes an id at twice the room, in an open-addressed table,
 * because there may be millions of them. Not thread-safe.
 */
public final class IdTable {

  private static final int SMALLEST = 1 << 10;
  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  private long[] high = new long[SMALLEST];
  private long[] low = new long[SMALLEST];

  /** 0 where nothing is. */
  private long[] values = new long[SMALLEST];

  private int size;

  /** What belongs to the id; 0 where nothing does. */
  public long get(UUID id) {
    return values[place(id.getMostSignificantBits(), id.getLeastSignificantBits())];
  }

  /**
   * Gives the id a number, instead of the one it had.
   *
   * @param value not 0
   * @return the number it had; 0 where it had none
   */
  public long put(UUID id, long value) {
    if (value == 0) {
      throw new IllegalArgumentException("0 means that nothing is there");
    }
    if (2 * (size + 1) > values.length) {
      grow();
    }
    long first = id.getMostSignificantBits();
    long second = id.getLeastSignificantBits();
    int place = place(first, second);
    long before = values[place];
    if (before == 0) {
      high[place] = first;
      low[place] = second;
      size++;
    }
    values[place] = value;
    return before;
  }

  /** How many ids have a number. */
  public int size() {
    return size;
  }

  /** Every id that has a number, in no order. */
  public void forEach(Consumer<UUID> reader) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        reader.accept(new UUID(high[i], low[i]));
      }
    }
  }

  private int place(long first, long second) {
    int mask = values.length - 1;
    int place = (int) ((first ^ second) * GOLDEN >>> Integer.SIZE) & mask;
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
