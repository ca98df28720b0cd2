package org.tallykeep.customer.platform;

import java.security.SecureRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.tallykeep.envelope.BlindIndexKey;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.client.KeyNotKnownException;

/** Versions of an index key, as the key service has them: made one after the other, and ended. */
public final class IndexKeyVersions {

  private final SecureRandom random = new SecureRandom();
  private final TreeMap<Integer, BlindIndexKey> keys = new TreeMap<>();

  IndexKeyVersions() {
    make(1);
  }

  /** Makes that version. */
  public synchronized void make(int version) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    keys.put(version, BlindIndexKey.takeOwnershipOf(new KeyRef(UUID.randomUUID(), version), bytes));
  }

  /** Ends that version. */
  public synchronized void destroy(int version) {
    keys.remove(version);
  }

  /** Whether that version is there and not ended. */
  public synchronized boolean isLive(int version) {
    return keys.containsKey(version);
  }

  /** The key of the highest version. */
  public synchronized BlindIndexKey newest() {
    return keys.lastEntry().getValue();
  }

  synchronized BlindIndexKey of(int version) {
    BlindIndexKey key = keys.get(version);
    if (key == null) {
      throw new KeyNotKnownException();
    }
    return key;
  }
}
