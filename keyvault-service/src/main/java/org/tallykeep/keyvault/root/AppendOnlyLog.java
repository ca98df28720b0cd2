package org.tallykeep.keyvault.root;

import java.util.Optional;

/**
 * Numbered entries outside the database: written once, read back, never changed or removed by this
 * service. Whoever restores the database to an earlier day does not restore this. Each method is
 * one call to wherever the log lives. Thread-safe, also between replicas.
 */
public interface AppendOnlyLog {

  /** The longest entry in bytes, below what Vault takes. */
  int LONGEST = 700_000;

  /**
   * Writes an entry that stays.
   *
   * @param number from 1; the caller leaves no gaps
   * @return false when there is an entry of that number already, which stays as it is
   * @throws IllegalArgumentException for more than {@link #LONGEST} bytes; nothing is written
   * @throws RootUnavailable when it cannot be written now, or when nobody knows whether it was
   */
  boolean append(long number, byte[] entry);

  /**
   * An entry, or nothing where none was written yet.
   *
   * @throws RootUnavailable when it cannot be read now
   */
  Optional<byte[]> read(long number);

  /**
   * The number of the newest entry, in a few calls however many there are.
   *
   * @param known a number up to which entries are known to be there, or 0
   * @throws RootUnavailable when it cannot be read now
   */
  default long last(long known) {
    long there = known;
    long step = 1;
    while (read(there + step).isPresent()) {
      there += step;
      step *= 2;
    }
    // Between there, which is written, and there + step, which is not.
    while (step > 1) {
      step /= 2;
      if (read(there + step).isPresent()) {
        there += step;
      }
    }
    return there;
  }

  /** Whoever writes has to make several entries of what does not fit into one. */
  static void requireFits(byte[] entry) {
    if (entry.length > LONGEST) {
      throw new IllegalArgumentException(
          "An entry has %d bytes at most, not %d".formatted(LONGEST, entry.length));
    }
  }
}
