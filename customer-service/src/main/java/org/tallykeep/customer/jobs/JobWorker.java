package org.tallykeep.customer.jobs;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.tallykeep.customer.imports.ImportKind;
import org.tallykeep.customer.platform.DatabaseException;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.platform.problem.Problem;
import org.tallykeep.platform.problem.Problems;

/** Takes jobs one after the other, whichever replica they were sent to. */
@Singleton
final class JobWorker {

  private static final Logger LOG = Logger.getLogger(JobWorker.class);

  /** A failure that nobody foresaw may be that of a moment; not so many times. */
  private static final int MOST_FAILURES = 5;

  private static final String GIVEN_UP = "given-up";
  private static final int UNFORESEEN = 500;
  private static final int UNAVAILABLE = 503;

  private static final Duration UPLOAD_GIVEN_UP = Duration.ofHours(1);
  private static final int TOO_MANY_REQUESTS = 429;

  private final Transactions transactions;
  private final List<ImportKind<?>> kinds;
  private final JobsConfig config;
  private final InstantSource clock;
  private final JobRun run;
  private volatile boolean stopping;

  JobWorker(
      Transactions transactions,
      Keys keys,
      @All List<ImportKind<?>> kinds,
      JobsConfig config,
      InstantSource clock) {
    this.transactions = transactions;
    this.kinds = kinds;
    this.config = config;
    this.clock = clock;
    this.run = new JobRun(transactions, keys, clock, config.lease(), () -> stopping);
  }

  void stop() {
    stopping = true;
  }

  /** Goes on with one job; false if there is none that nobody is at. */
  boolean takeOne() {
    UUID holder = UUID.randomUUID();
    Optional<Job> claimed =
        transactions.call(c -> JobRepository.claim(c, holder, config.lease(), clock.instant()));
    claimed.ifPresent(job -> attempt(job, holder));
    return claimed.isPresent();
  }

  private void attempt(Job job, UUID holder) {
    try {
      if (job.failures() >= MOST_FAILURES) {
        // Whoever was at it died each time: it must not take this one along as well.
        giveUp(job, holder, GIVEN_UP);
      } else {
        run.run(job, holder, kind(job.kind()));
      }
    } catch (RuntimeException | StackOverflowError e) {
      failed(job, holder, e);
    }
    if (stopping) {
      // Another replica need not wait for the lease to end.
      transactions.run(c -> JobRepository.leave(c, job.id(), holder, Duration.ZERO, false));
    }
  }

  private void failed(Job job, UUID holder, Throwable failure) {
    Problem problem = Problems.of(failure);
    int status = problem.kind().status();
    boolean away = status == UNAVAILABLE || status == TOO_MANY_REQUESTS;
    boolean unforeseen = status == UNFORESEEN;
    LOG.warnf("Import job %s stopped: %s", job.id(), problem.kind().name());
    try {
      if (away || (unforeseen && job.failures() + 1 < MOST_FAILURES)) {
        transactions.run(c -> JobRepository.leave(c, job.id(), holder, config.pause(), unforeseen));
      } else {
        giveUp(job, holder, problem.kind().name());
      }
    } catch (DatabaseException e) {
      // Then it is taken over once its lease has ended.
      LOG.warnf("Import job %s is gone on with later: %s", job.id(), e.getMessage());
    }
  }

  private void giveUp(Job job, UUID holder, String problem) {
    transactions.run(
        c ->
            JobRepository.end(
                c,
                job.id(),
                holder,
                JobState.FAILED,
                new Job.Failure(problem, 0),
                clock.instant()));
  }

  /** Removes uploads that nobody goes on with, and what ended long ago. */
  int cleanUp() {
    Instant now = clock.instant();
    return transactions.call(
        c -> ChunkRepository.dropOlder(c, now.minus(UPLOAD_GIVEN_UP), now.minus(config.keep())));
  }

  private ImportKind<?> kind(String name) {
    return kinds.stream().filter(kind -> kind.name().equals(name)).findFirst().orElseThrow();
  }
}
