package org.tallykeep.envelope;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who is using a key, so that closing it never pulls the bytes from under a running
 * operation: whoever leaves last after {@link #close()} runs the given clean-up, once.
 */
final class Usage {
  private static final int CLOSED = 1;
  private static final int USER = 2;

  private final AtomicInteger state = new AtomicInteger();
  private final Runnable whenUnused;

  Usage(Runnable whenUnused) {
    this.whenUnused = whenUnused;
  }

  /**
   * @throws KeyClosedException once closed
   */
  void enter() {
    int seen;
    do {
      seen = state.get();
      if ((seen & CLOSED) != 0) {
        throw new KeyClosedException();
      }
    } while (!state.compareAndSet(seen, seen + USER));
  }

  void leave() {
    if (state.addAndGet(-USER) == CLOSED) {
      whenUnused.run();
    }
  }

  void close() {
    if (state.getAndUpdate(seen -> seen | CLOSED) == 0) {
      whenUnused.run();
    }
  }

  boolean isClosed() {
    return (state.get() & CLOSED) != 0;
  }
}
