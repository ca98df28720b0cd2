package org.tallykeep.customer.aggregate;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.ledger.Lag;
import org.tallykeep.customer.ledger.PurchasesAccepted;
import org.tallykeep.platform.problem.Problem;

/**
 * Has waiting purchases counted: soon after this replica accepted some, and at every poll, so that
 * what another replica left behind is counted too. Between two looks it sleeps.
 */
@Singleton
final class Aggregator {

  private static final Logger LOG = Logger.getLogger(Aggregator.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Aggregation aggregation;
  private final Lag lag;
  private final AggregatorConfig config;
  private final Semaphore news = new Semaphore(0);
  private @Nullable ExecutorService workers;
  private volatile boolean stopping;

  Aggregator(Aggregation aggregation, Lag lag, AggregatorConfig config) {
    this.aggregation = aggregation;
    this.lag = lag;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    if (config.enabled()) {
      ExecutorService started =
          Executors.newFixedThreadPool(config.threads() + 1, Aggregator::thread);
      workers = started;
      started.execute(() -> run(started));
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    ExecutorService started = workers;
    if (started != null) {
      news.release();
      started.shutdown();
      // A transaction that is cut off rolls back; one that may end saves the work.
      if (!started.awaitTermination(5, TimeUnit.SECONDS)) {
        started.shutdownNow();
      }
    }
  }

  void accepted(@Observes PurchasesAccepted event) {
    news.release();
  }

  private void run(ExecutorService started) {
    Duration pause = config.poll();
    try {
      while (!stopping) {
        if (news.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS) && !stopping) {
          TimeUnit.MILLISECONDS.sleep(config.gather().toMillis());
          news.drainPermits();
        }
        pause = countAll(started) ? config.poll() : longer(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** Whether all went well. */
  private boolean countAll(ExecutorService started) throws InterruptedException {
    try {
      List<Future<?>> running = new ArrayList<>();
      List<Integer> shards = aggregation.shardsToDo();
      lag.saw(!shards.isEmpty());
      for (int shard : shards) {
        running.add(started.submit(() -> countShard(shard)));
      }
      for (Future<?> one : running) {
        one.get();
      }
      return true;
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  private boolean failed(Throwable failure) {
    if (stopping) {
      return false;
    }
    // Everything that was not counted waits where it was; nothing is lost by trying later.
    if (failure instanceof Problem problem) {
      LOG.warnf("Purchases are not counted at the moment: %s", problem.detail());
    } else {
      LOG.error("Purchases could not be counted; trying again", failure);
    }
    return false;
  }

  private void countShard(int shard) {
    int counted;
    do {
      counted = aggregation.countSome(shard);
    } while (counted > 0 && !stopping);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "aggregator");
    thread.setDaemon(true);
    return thread;
  }
}
