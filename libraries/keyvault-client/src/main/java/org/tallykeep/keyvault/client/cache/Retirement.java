package org.tallykeep.keyvault.client.cache;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Handles that nobody is given any more but that somebody may still be using: each is closed at its
 * time, not earlier.
 */
public final class Retirement {

  private record Retired(AutoCloseable handle, Instant end) {}

  private final InstantSource clock;
  private final Queue<Retired> retired = new PriorityQueue<>(Comparator.comparing(Retired::end));

  public Retirement(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void add(AutoCloseable handle, Instant end) {
    retired.add(new Retired(handle, end));
  }

  /** Closes what is due; to be called every few seconds. */
  public void sweep() {
    dueUntil(clock.instant()).forEach(Retirement::close);
  }

  /** Closes everything: the service stops. */
  public void closeAll() {
    dueUntil(Instant.MAX).forEach(Retirement::close);
  }

  private synchronized List<AutoCloseable> dueUntil(Instant now) {
    List<AutoCloseable> due = new ArrayList<>();
    for (Retired next = retired.peek();
        next != null && !next.end().isAfter(now);
        next = retired.peek()) {
      due.add(next.handle());
      retired.remove();
    }
    return due;
  }

  private static void close(AutoCloseable handle) {
    try {
      handle.close();
    } catch (Exception e) {
      throw new IllegalStateException("A key handle does not fail to close", e);
    }
  }
}
