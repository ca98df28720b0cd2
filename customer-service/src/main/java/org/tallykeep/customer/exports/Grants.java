package org.tallykeep.customer.exports;

import java.util.UUID;

/** What becomes of grants after they were asked for. */
interface Grants {

  /** How a grant stands. */
  enum Standing {
    /** Waits for a second officer. */
    PENDING,
    ACTIVE,
    /** Cancelled, by whomever or with a freeze, or not known. */
    ENDED
  }

  Standing find(UUID grant);

  /** Ends one that is not needed any more. */
  void cancel(UUID grant);
}
