package org.tallykeep.customer.renewal;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;

/**
 * Takes a renewal through its states, wherever it was left. Which pseudonyms have moved is in the
 * rows, so whoever dies leaves the rest to the next turn, here or at another replica.
 */
@Singleton
final class RenewalJob {

  private static final Logger LOG = Logger.getLogger(RenewalJob.class);

  /** Advisory locks of this service are pairs; the first number says what they are about. */
  private static final int LOCK = 0x524e_4557;

  /** So many turns are left out after one that could not go on: it needs somebody. */
  private static final int RESTS = 12;

  private final Transactions transactions;
  private final RenewalSteps steps;
  private volatile boolean stopping;

  /** Used by one turn after the other. */
  private int resting;

  RenewalJob(Transactions transactions, RenewalSteps steps) {
    this.transactions = transactions;
    this.steps = steps;
  }

  void onStop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  @Scheduled(
      every = "${tallykeep.renewal.check-every:5s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void whenItIsAsked() {
    if (resting > 0) {
      resting--;
      return;
    }
    try {
      long left = run();
      if (left > 0) {
        LOG.warnf("%d pseudonyms cannot be renewed: something of them does not open", left);
        resting = RESTS;
      }
    } catch (RuntimeException e) {
      // What was done stays done; the next turn goes on.
      if (!stopping) {
        LOG.warnf("Pseudonyms are renewed later: %s", e.getMessage());
      }
    }
  }

  /**
   * Goes on with the renewal that is under way, as far as it goes now.
   *
   * @return how many pseudonyms are left that cannot be renewed
   */
  long run() {
    if (transactions.call(RenewalJobRepository::underWay).isEmpty()) {
      return 0;
    }
    // Held by a connection of its own: with the replica that dies the lock is gone, too.
    return transactions.call(c -> Sql.tryLock(c, LOCK, 0) ? goOn() : 0L);
  }

  private long goOn() {
    while (true) {
      Optional<Renewal> found = transactions.call(RenewalJobRepository::underWay);
      if (found.isEmpty()) {
        return 0;
      }
      UUID id = found.get().id();
      switch (found.get().state()) {
        case WAITING -> {
          if (!steps.noteAll(id)) {
            return 0;
          }
        }
        case PSEUDONYMS -> {
          long left = steps.movePseudonyms(id, () -> stopping);
          if (left > 0) {
            return left;
          }
        }
        case LINKS -> steps.renewLinks(id);
        case INDEX -> {
          if (!steps.endWithTags(found.get())) {
            return 0;
          }
        }
        case DONE -> {
          return 0;
        }
      }
    }
  }
}
