package org.tallykeep.customer.platform;

import jakarta.inject.Singleton;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.LeaseExhaustedException;
import org.tallykeep.envelope.SealedRecord;

/** Seals and opens records of a data set, with whatever version of its key is due. */
@Singleton
public final class DatasetRecords {

  private static final int LEASES_TRIED = 3;

  private final Keys keys;

  DatasetRecords(Keys keys) {
    this.keys = keys;
  }

  /** Seals with the current key of the data set. */
  public byte[] seal(String purpose, AssociatedData ad, byte[] value) {
    for (int tried = 1; ; tried++) {
      try {
        return keys.sealing(purpose).seal(ad, value);
      } catch (LeaseExhaustedException e) {
        // Others used up the same lease in the meantime; the next call brings another.
        if (tried == LEASES_TRIED) {
          throw e;
        }
      }
    }
  }

  /** Opens with the key that the record names. */
  public byte[] open(String purpose, AssociatedData ad, byte[] record) {
    return keys.opening(purpose, SealedRecord.keyOf(record)).open(ad, record);
  }
}
