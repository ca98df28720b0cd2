package org.tallykeep.local.bench;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.tallykeep.local.CommandFailure;

/**
 * Requests that begin when they are due, whatever became of those before: a time counts from when a
 * request was due, so that waiting behind a slow one counts too.
 */
record OpenLoop(int perSecond, Duration warmUp, Duration measured) {

  /**
   * The times of all measured requests in milliseconds, ascending.
   *
   * @throws CommandFailure the first one of a request
   */
  double[] times(Runnable request) {
    run(request, warmUp);
    return run(request, measured);
  }

  private double[] run(Runnable request, Duration time) {
    Queue<Double> times = new ConcurrentLinkedQueue<>();
    AtomicReference<@Nullable CommandFailure> failure = new AtomicReference<>();
    long requests = perSecond * time.toMillis() / 1000;
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long i = 0; i < requests && failure.get() == null; i++) {
        long due = began + i * 1_000_000_000 / perSecond;
        await(due);
        threads.execute(
            () -> {
              try {
                request.run();
                times.add((System.nanoTime() - due) / 1e6);
              } catch (CommandFailure e) {
                failure.compareAndSet(null, e);
              }
            });
      }
    }
    CommandFailure first = failure.get();
    if (first != null) {
      throw first;
    }
    return times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private static void await(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
