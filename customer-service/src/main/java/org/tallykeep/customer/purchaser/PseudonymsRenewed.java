package org.tallykeep.customer.purchaser;

import org.tallykeep.customer.index.Outdated;

/** Pseudonyms were read before a renewal of all of them ended: they have to be read anew. */
final class PseudonymsRenewed extends Outdated {
  private static final long serialVersionUID = 1L;

  PseudonymsRenewed() {
    super("everybody has got another pseudonym meanwhile");
  }
}
