package org.tallykeep.keyvault.branch;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.problem.Unavailable;

/**
 * The branch keys in memory: opened all at once by one call to the root, used for at most {@link
 * BranchConfig#maxAge}, and opened anew before that runs out. Thread-safe.
 */
@Singleton
public final class BranchKeys {

  private static final Logger LOG = Logger.getLogger(BranchKeys.class);

  /** While the root is away every request would otherwise wait for its time-out. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  /** Two rotations may end while one request waits; more do not. */
  private static final int ATTEMPTS = 4;

  private final BranchLoader loader;
  private final BranchConfig config;
  private final Clock clock;

  /** Held shared while keys are in use, so that nobody's keys are zeroed under their hands. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  private final ReentrantLock loading = new ReentrantLock();
  private volatile @Nullable Loaded loaded;
  private volatile @Nullable Failed failed;

  BranchKeys(BranchLoader loader, BranchConfig config, Clock clock) {
    this.loader = loader;
    this.config = config;
    this.clock = clock;
  }

  private record Loaded(BranchRing ring, Instant at) {}

  private record Failed(Unavailable why, Instant at) {}

  /**
   * Works with the branch keys. When a rotation came in between they are loaded anew and the work
   * is done again, so it has to be such that it may be.
   *
   * @throws Unavailable when none are in memory, or too old, and the root cannot be used
   */
  public <T> T use(Function<BranchRing, T> work) {
    return use(() -> true, (ring, nothing) -> work.apply(ring));
  }

  private <T> T once(Function<BranchRing, T> work) {
    while (true) {
      use.readLock().lock();
      try {
        Loaded current = loaded;
        if (current != null && age(current).compareTo(config.maxAge()) < 0) {
          return work.apply(current.ring());
        }
      } finally {
        use.readLock().unlock();
      }
      refresh(config.maxAge());
    }
  }

  /**
   * Works with rows that were read before, and anew when the work has to be done again.
   *
   * @throws Unavailable when none are in memory, or too old, and the root cannot be used
   */
  public <R, T> T use(Supplier<R> read, BiFunction<BranchRing, R, T> work) {
    for (int attempt = 1; ; attempt++) {
      Loaded before = loaded;
      R rows = read.get();
      try {
        return once(ring -> work.apply(ring, rows));
      } catch (StaleBranches e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        refreshUnlessDone(before);
      }
    }
  }

  /** Loads all anew, whatever their age: they were rotated. */
  public void reload() {
    refreshUnlessDone(loaded);
  }

  /** Of many requests that find the same keys stale, one loads. */
  private void refreshUnlessDone(@Nullable Loaded stale) {
    loading.lock();
    try {
      if (loaded == stale) {
        load();
      }
    } finally {
      loading.unlock();
    }
  }

  /** Whether requests that need a branch key can be served. */
  public boolean usable() {
    Loaded current = loaded;
    return current != null && age(current).compareTo(config.maxAge()) < 0;
  }

  /** Ahead of time, so that no request waits for the root; and again and again while it is away. */
  @Scheduled(
      every = "{tallykeep.branches.check-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void refreshAhead() {
    try {
      refresh(config.refreshAfter());
    } catch (Unavailable e) {
      LOG.warnf("Branch keys are not refreshed: %s", e.getMessage());
    }
    zeroIfTooOld();
  }

  /** One caller loads, the others wait for it. */
  private void refresh(Duration olderThan) {
    loading.lock();
    try {
      Loaded current = loaded;
      if (current != null && age(current).compareTo(olderThan) < 0) {
        return;
      }
      load();
    } finally {
      loading.unlock();
    }
  }

  /** Under the lock. */
  private void load() {
    refuseSoonAfterFailure();
    try {
      // Counted from before the call: the keys are as old as the question.
      Instant asked = clock.instant();
      replace(new Loaded(loader.load(), asked));
      failed = null;
    } catch (Unavailable e) {
      failed = new Failed(e, clock.instant());
      throw e;
    }
  }

  private void refuseSoonAfterFailure() {
    Failed last = failed;
    if (last != null
        && Duration.between(last.at(), clock.instant()).compareTo(PAUSE_AFTER_FAILURE) < 0) {
      throw last.why();
    }
  }

  private void zeroIfTooOld() {
    Loaded current = loaded;
    if (current != null && age(current).compareTo(config.maxAge()) >= 0) {
      replace(null);
    }
  }

  private void replace(@Nullable Loaded next) {
    use.writeLock().lock();
    try {
      Loaded before = loaded;
      loaded = next;
      if (before != null) {
        before.ring().close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }

  private Duration age(Loaded current) {
    return Duration.between(current.at(), clock.instant());
  }
}
