package org.tallykeep.keyvault.dataset;

import org.tallykeep.envelope.KeyRef;

/** A dataset key as stored. */
record DatasetRow(KeyRef ref, KeyRef branch, DatasetKey.State state, byte[] wrapped) {

  @Override
  public String toString() {
    return "DatasetRow[" + ref + "]";
  }
}
