package org.tallykeep.keyvault.branch;

import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.root.BranchBytes;

/** A branch key as stored. */
record BranchRow(KeyRef ref, String kind, byte[] wrapped) {

  /** As the root wants it. */
  BranchBytes bytes() {
    return new BranchBytes(ref, wrapped);
  }

  @Override
  public String toString() {
    return "BranchRow[" + ref + "]";
  }
}
