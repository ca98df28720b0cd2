package org.tallykeep.keyvault.client;

import org.tallykeep.envelope.MessageLease;

/**
 * How many messages to ask for. What is granted counts as spent, and every lease ends with its
 * handle, so an idle service asks for little and a busy one for twice what it used last.
 */
final class LeaseSizes {

  private final long smallest;
  private final long largest;
  private Reserve last = Reserve.of(0);

  private LeaseSizes(long smallest, long largest) {
    this.smallest = smallest;
    this.largest = largest;
  }

  static LeaseSizes from(long smallest) {
    return new LeaseSizes(smallest, MessageLease.MAX_MESSAGES);
  }

  /** For keys that seal nothing. */
  static LeaseSizes none() {
    return new LeaseSizes(0, 0);
  }

  synchronized long next() {
    return Math.clamp(2 * last.spent(), smallest, largest);
  }

  synchronized Reserve granted(long messages) {
    last = Reserve.of(messages);
    return last;
  }
}
