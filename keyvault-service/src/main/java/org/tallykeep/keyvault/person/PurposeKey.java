package org.tallykeep.keyvault.person;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tallykeep.envelope.KeyRef;

/**
 * A key for one purpose, on its way to a caller.
 *
 * @param key null when no such key exists, or no longer: nobody can tell which
 * @param decoy whether it is the key of a customer who does not exist; callers never learn it
 */
public record PurposeKey(KeyRef ref, byte @Nullable [] key, boolean decoy)
    implements AutoCloseable {

  static PurposeKey none(KeyRef ref) {
    return new PurposeKey(ref, null, false);
  }

  /** As if there were no such key. */
  public PurposeKey hidden() {
    close();
    return none(ref);
  }

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
