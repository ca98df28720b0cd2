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
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.platform.problem.Problem;
import org.tallykeep.platform.problem.Problems;

/** Takes jobs one after the other, whichever replica they were sent to. */
@Singleton
final class JobWorker {

  private static final Logger LOG = Logger.getLogger(JobWorker.class);

  /** A failure that nobody foresaw may be that of a moment; not so many times. */
  private static final int MOST_ATTEMPTS = 5;

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
      DatasetRecords records,
      @All List<ImportKind<?>> kinds,
      JobsConfig config,
      InstantSource clock) {
    this.transactions = transactions;
    this.kinds = kinds;
    this.config = config;
    this.clock = clock;
    this.run = new JobRun(transactions, records, clock, config.lease(), () -> stopping);
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
      run.run(job, holder, kind(job.kind()));
    } catch (RuntimeException e) {
      failed(job, holder, e);
    }
    if (stopping) {
      // Another replica need not wait for the lease to end.
      transactions.run(c -> JobRepository.leave(c, job.id(), holder, Duration.ZERO));
    }
  }

  private void failed(Job job, UUID holder, RuntimeException failure) {
    Problem problem = Problems.of(failure);
    int status = problem.kind().status();
    boolean passes =
        status == 503
            || status == TOO_MANY_REQUESTS
            || (status == 500 && job.attempts() < MOST_ATTEMPTS);
    LOG.warnf("Import job %s stopped: %s", job.id(), problem.kind().name());
    try {
      transactions.run(
          c -> {
            if (passes) {
              JobRepository.leave(c, job.id(), holder, config.pause());
            } else {
              JobRepository.end(
                  c,
                  job.id(),
                  holder,
                  JobState.FAILED,
                  new Job.Failure(problem.kind().name(), 0),
                  clock.instant());
            }
          });
    } catch (DatabaseException e) {
      // Then it is taken over once its lease has ended.
      LOG.warnf("Import job %s is gone on with later: %s", job.id(), e.getMessage());
    }
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
