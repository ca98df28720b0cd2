package org.tallykeep.keyvault.client;

import java.util.Map;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;

/**
 * A key just made, with a handle for each purpose asked for. The handles are the caller's to close.
 */
public record NewKey(KeyRef ref, Map<Purpose, SealingKey> keys) implements AutoCloseable {

  public NewKey {
    keys = Map.copyOf(keys);
  }

  /** The handle for a purpose that was asked for. */
  public SealingKey of(Purpose purpose) {
    SealingKey key = keys.get(purpose);
    if (key == null) {
      throw new IllegalArgumentException("Not asked for: " + purpose.wireName());
    }
    return key;
  }

  @Override
  public void close() {
    keys.values().forEach(SealingKey::close);
  }
}
