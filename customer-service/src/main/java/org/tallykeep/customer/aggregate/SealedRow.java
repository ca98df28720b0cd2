package org.tallykeep.customer.aggregate;

import java.util.UUID;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.ManifestSum;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.MacKey;

/** A row of a dataset as it stands in the database. */
record SealedRow(Dataset dataset, UUID id, int shard, long revision, byte[] sealed) {

  AssociatedData associatedData() {
    return dataset.associatedData(id, revision);
  }

  byte[] fingerprint(MacKey key) {
    return ManifestSum.fingerprint(key, dataset, id, revision, sealed);
  }

  /** Leaves id and bytes out. */
  @Override
  public String toString() {
    return "SealedRow[" + dataset + " shard " + shard + "]";
  }
}
