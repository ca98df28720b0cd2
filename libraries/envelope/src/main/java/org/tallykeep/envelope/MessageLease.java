package org.tallykeep.envelope;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A counted permission to seal. AES-GCM with random nonces stays safe while few enough messages are
 * sealed under one key, so the key service grants dataset keys in leases and counts what it granted
 * as spent. Thread-safe; several handles may share one lease.
 */
public final class MessageLease {
  /** The most messages that one lease may hold: 2<sup>24</sup>. */
  public static final long MAX_MESSAGES = 1L << 24;

  private final AtomicLong remaining;

  private MessageLease(long messages) {
    this.remaining = new AtomicLong(messages);
  }

  /**
   * A lease of so many messages.
   *
   * @throws IllegalArgumentException unless {@code messages} is between 0 and {@link #MAX_MESSAGES}
   */
  public static MessageLease of(long messages) {
    if (messages < 0 || messages > MAX_MESSAGES) {
      throw new IllegalArgumentException(
          "a lease holds 0 to " + MAX_MESSAGES + " messages, got " + messages);
    }
    return new MessageLease(messages);
  }

  /** How many messages may still be sealed. */
  public long remaining() {
    return Math.max(0, remaining.get());
  }

  /** Takes one message before it is sealed; one that then fails stays spent. */
  void spend() {
    if (remaining.get() <= 0 || remaining.getAndDecrement() <= 0) {
      throw new LeaseExhaustedException();
    }
  }

  @Override
  public String toString() {
    return "MessageLease[" + remaining() + " remaining]";
  }
}
