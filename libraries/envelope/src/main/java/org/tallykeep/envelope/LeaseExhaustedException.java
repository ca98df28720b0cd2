package org.tallykeep.envelope;

/**
 * A dataset key that has sealed as many messages as its lease allows, or that came without a lease
 * and so only opens. The caller asks the key service for a new lease.
 */
public final class LeaseExhaustedException extends EnvelopeException {
  private static final long serialVersionUID = 1L;

  LeaseExhaustedException() {
    super("the lease of messages is used up: ask the key service for a new one");
  }
}
