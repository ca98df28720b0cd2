package org.tallykeep.keyvault.dataset;

import java.util.Arrays;
import org.tallykeep.envelope.KeyRef;

/** One version of a dataset key, opened. */
public record DatasetKey(KeyRef ref, byte[] key, State state) implements AutoCloseable {

  /** Key states as in NIST SP 800-57, as far as a key still opens something. */
  public enum State {
    ACTIVE,
    DEACTIVATED,
    COMPROMISED;

    /** As stored and answered. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Zeroes the key. */
  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
  }

  /** The name only. */
  @Override
  public String toString() {
    return "DatasetKey[" + ref + "]";
  }
}
