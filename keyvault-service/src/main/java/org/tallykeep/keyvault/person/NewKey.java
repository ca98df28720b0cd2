package org.tallykeep.keyvault.person;

import java.util.Arrays;
import java.util.Map;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.access.Purpose;

/** A key just made, with its keys for the purposes asked for. */
public record NewKey(KeyRef ref, Map<Purpose, byte[]> purposeKeys) implements AutoCloseable {

  /** Zeroes the purpose keys. */
  @Override
  public void close() {
    purposeKeys.values().forEach(key -> Arrays.fill(key, (byte) 0));
  }

  /** The name only. */
  @Override
  public String toString() {
    return "NewKey[" + ref + "]";
  }
}
