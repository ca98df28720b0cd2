package org.tallykeep.keyvault.person;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tallykeep.envelope.KeyRef;

/**
 * A key for one purpose, on its way to a caller.
 *
 * @param key null when no such key exists, or no longer: nobody can tell which
 */
public record PurposeKey(KeyRef ref, byte @Nullable [] key) implements AutoCloseable {

  public boolean exists() {
    return key != null;
  }

  /** Zeroes the key. */
  @Override
  public void close() {
    if (key != null) {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The name only. */
  @Override
  public String toString() {
    return "PurposeKey[" + ref + "]";
  }
}
