package org.tallykeep.local.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;
import org.tallykeep.local.CommandFailure;

/** How fast something goes: first warmed up, then measured for a while. */
record Pace(int workers, Duration warmUp, Duration measured) {

  private static final double NANOS = 1e9;

  /**
   * Things done a second by all workers together.
   *
   * @param request does one request and says how many things that were
   */
  double perSecond(IntSupplier request) {
    run(request, warmUp);
    long began = System.nanoTime();
    long things = run(request, measured);
    return things / ((System.nanoTime() - began) / NANOS);
  }

  /** The times of single requests one after the other, in milliseconds, ascending. */
  static double[] times(int warmUp, int requests, Runnable request) {
    for (int i = 0; i < warmUp; i++) {
      request.run();
    }
    double[] times = new double[requests];
    for (int i = 0; i < requests; i++) {
      long began = System.nanoTime();
      request.run();
      times[i] = (System.nanoTime() - began) / 1e6;
    }
    Arrays.sort(times);
    return times;
  }

  /** The time that a share of the requests did not exceed. */
  static double quantile(double[] ascending, double share) {
    return ascending[(int) Math.min(ascending.length - 1, Math.floor(share * ascending.length))];
  }

  private long run(IntSupplier request, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      List<Future<Long>> all = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        all.add(
            threads.submit(
                () -> {
                  long things = 0;
                  while (System.nanoTime() < end) {
                    things += request.getAsInt();
                  }
                  return things;
                }));
      }
      long sum = 0;
      for (Future<Long> one : all) {
        sum += one.get();
      }
      return sum;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new CommandFailure("a request failed: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted");
    }
  }
}
