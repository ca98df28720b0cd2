package org.tallykeep.keyvault.platform;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Work that is done by one thread at a time and may hang: few wait for their turn, for a while, and
 * the others are told to come again, so that requests that need nothing of it find a thread. A
 * thread whose turn it is may take another. Thread-safe.
 */
public final class InTurn {

  /** A quarter of the threads that requests have. */
  private static final int PLACES = 50;

  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final ReentrantLock turn = new ReentrantLock();
  private final Semaphore places = new Semaphore(PLACES);

  /**
   * What the work answers.
   *
   * @throws Unavailable when too many wait, or the turn does not come
   */
  public <T> T take(Supplier<T> work) {
    if (turn.isHeldByCurrentThread()) {
      return work.get();
    }
    if (!places.tryAcquire()) {
      throw tooMany();
    }
    try {
      if (!turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw tooMany();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw tooMany();
    } finally {
      places.release();
    }
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  private static Unavailable tooMany() {
    return new Unavailable(
        "too-many-waiting",
        "Too many requests wait for what only one can do at a time. Try again in a while.",
        Duration.ofSeconds(5),
        null);
  }
}
