package org.tallykeep.keyvault.branch;

import org.tallykeep.envelope.KeyRef;

/** A branch key as stored. */
record BranchRow(KeyRef ref, String kind, byte[] wrapped) {

  @Override
  public String toString() {
    return "BranchRow[" + ref + "]";
  }
}
