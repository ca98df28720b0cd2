package org.tallykeep.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.tallykeep.local.CommandFailure;

/** Requests without a pause, by several workers, until it is closed; what fails is counted. */
final class SteadyLoad implements AutoCloseable {

  private final List<Thread> workers = new ArrayList<>();
  private final LongAdder requests = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();
  private volatile ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
  private volatile boolean ending;

  /** What happened in a while. */
  record While(long requests, long failed, double p99Ms, double slowestMs) {}

  /** Has so many workers do this over and over; only timed ones count for the times. */
  void add(int count, boolean timed, Runnable request) {
    for (int i = 0; i < count; i++) {
      workers.add(Thread.ofPlatform().name("load").start(() -> work(timed, request)));
    }
  }

  private void work(boolean timed, Runnable request) {
    while (!ending) {
      long began = System.nanoTime();
      try {
        request.run();
      } catch (CommandFailure e) {
        failed.increment();
        firstFailure.compareAndSet(null, e.getMessage());
      }
      requests.increment();
      if (timed) {
        times.add(System.nanoTime() - began);
      }
    }
  }

  /** What happens while something else is done. */
  While during(Runnable something) {
    times = new ConcurrentLinkedQueue<>();
    long requestsBefore = requests.sum();
    long failedBefore = failed.sum();
    something.run();
    double[] sorted = times.stream().mapToDouble(nanos -> nanos / 1e6).sorted().toArray();
    return new While(
        requests.sum() - requestsBefore,
        failed.sum() - failedBefore,
        sorted.length == 0 ? 0 : Pace.quantile(sorted, 0.99),
        sorted.length == 0 ? 0 : sorted[sorted.length - 1]);
  }

  /** What the first failure was, if there was one. */
  @Nullable String firstFailure() {
    return firstFailure.get();
  }

  @Override
  public void close() {
    ending = true;
    for (Thread worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
