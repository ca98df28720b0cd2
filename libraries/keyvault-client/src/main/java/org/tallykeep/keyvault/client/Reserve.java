package org.tallykeep.keyvault.client;

import org.tallykeep.envelope.MessageLease;

/**
 * A lease and the part of it that is kept back. A handle is renewed when it has come down to the
 * reserve, so that whoever got it just before can still finish a batch.
 */
record Reserve(MessageLease lease, long granted) {

  /** A quarter: 16,384 of the smallest lease, several batches at once. */
  private static final int PART = 4;

  static Reserve of(long granted) {
    return new Reserve(MessageLease.of(granted), granted);
  }

  boolean isEnough() {
    return lease.remaining() >= granted / PART;
  }

  long spent() {
    return granted - lease.remaining();
  }
}
