package org.tallykeep.envelope;

/**
 * How much a key may seal: dataset keys by a counted lease, subject keys by the record's revision.
 */
sealed interface SealingLimit {
  /** Counts one message, before it is sealed. */
  void spend(AssociatedData ad);

  boolean allowsMore();

  static SealingLimit byLease(MessageLease lease) {
    return new ByLease(lease);
  }

  static SealingLimit byRevision() {
    return new ByRevision();
  }

  record ByLease(MessageLease lease) implements SealingLimit {
    @Override
    public void spend(AssociatedData ad) {
      lease.spend();
    }

    @Override
    public boolean allowsMore() {
      return lease.remaining() > 0;
    }
  }

  record ByRevision() implements SealingLimit {
    @Override
    public void spend(AssociatedData ad) {
      if (ad.revision() > SealingKey.LAST_REVISION) {
        throw new RevisionLimitException();
      }
    }

    @Override
    public boolean allowsMore() {
      return true;
    }
  }
}
