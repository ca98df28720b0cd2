package org.tallykeep.keyvault.root;

import org.tallykeep.envelope.KeyRef;

/**
 * A branch key's name with its bytes, in the clear or wrapped. Whoever made the bytes zeroes them.
 */
public record BranchBytes(KeyRef branch, byte[] bytes) {

  /** The name only. */
  @Override
  public String toString() {
    return "BranchBytes[" + branch + "]";
  }
}
