package org.tallykeep.keyvault.root;

import java.util.NavigableMap;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.RecordNotOpenedException;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;

/** The versions of the local root key, opened for one piece of work. */
record LocalVersions(NavigableMap<Integer, SealingKey> keys) implements AutoCloseable {

  LocalVersions {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no version of the local root key");
    }
  }

  SealingKey newest() {
    return keys.lastEntry().getValue();
  }

  /**
   * What was sealed under the version that the record names.
   *
   * @throws RecordNotOpenedException when that version is retired, as for every other reason
   */
  byte[] openRecord(AssociatedData place, byte[] record) {
    // Where that version is gone another refuses, as it refuses whatever it did not seal.
    SealingKey key = keys.getOrDefault(SealedRecord.keyOf(record).version(), newest());
    return key.open(place, record);
  }

  /** Zeroes them. */
  @Override
  public void close() {
    keys.values().forEach(SealingKey::close);
  }

  /** Says nothing about the keys. */
  @Override
  public String toString() {
    return "LocalVersions" + keys.keySet();
  }
}
