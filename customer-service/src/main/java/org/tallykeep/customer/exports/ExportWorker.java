package org.tallykeep.customer.exports;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.tallykeep.customer.platform.DatabaseException;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.platform.problem.Problem;
import org.tallykeep.platform.problem.Problems;

/** Makes exports one after the other, whichever replica they were asked of. */
@Singleton
final class ExportWorker {

  /** A grant that is used up, has ended, or was cancelled, as by a freeze. */
  static final String GRANT_ENDED = "grant-ended";

  private static final Logger LOG = Logger.getLogger(ExportWorker.class);

  /** A failure that nobody foresaw may be that of a moment; not so many times. */
  private static final int MOST_ATTEMPTS = 5;

  private static final int LOOKED_AT = 100;

  private final Transactions transactions;
  private final List<ExportKind> kinds;
  private final Grants grants;
  private final Surroundings around;
  private final ExportRun run;
  private volatile boolean stopping;

  ExportWorker(
      Transactions transactions,
      ExportSecrets secrets,
      @All List<ExportKind> kinds,
      Grants grants,
      Surroundings around) {
    this.transactions = transactions;
    this.kinds = kinds;
    this.grants = grants;
    this.around = around;
    this.run = new ExportRun(transactions, secrets, around, () -> stopping);
  }

  void stop() {
    stopping = true;
  }

  boolean stopping() {
    return stopping;
  }

  /** Goes on with one job; false if there is none that nobody is at. */
  boolean takeOne() {
    UUID holder = UUID.randomUUID();
    Optional<ExportJob> claimed =
        transactions.call(
            c -> ExportWorkRepository.claim(c, holder, around.config().lease(), around.now()));
    claimed.ifPresent(job -> attempt(job, holder));
    return claimed.isPresent();
  }

  private void attempt(ExportJob job, UUID holder) {
    try {
      run.run(job, holder, kind(job.wish().kind()));
    } catch (RuntimeException e) {
      failed(job, holder, e);
    }
    if (stopping) {
      // Another replica need not wait for the lease to end.
      transactions.run(c -> ExportWorkRepository.leave(c, job.id(), holder, Duration.ZERO));
    }
  }

  private void failed(ExportJob job, UUID holder, RuntimeException failure) {
    Problem problem = Problems.of(failure);
    boolean passes =
        switch (problem.kind().status()) {
          case 429, 503 -> true;
          case 500 -> job.attempts() < MOST_ATTEMPTS;
          default -> false;
        };
    String name = problem.kind().status() == 403 ? GRANT_ENDED : problem.kind().name();
    LOG.warnf("Export job %s stopped: %s", job.id(), name);
    try {
      transactions.run(
          c -> {
            if (passes) {
              ExportWorkRepository.leave(c, job.id(), holder, around.config().pause());
            } else {
              ExportWorkRepository.giveUp(c, job.id(), holder, name, around.now());
            }
          });
    } catch (DatabaseException e) {
      // Then it is taken over once its lease has ended.
      LOG.warnf("Export job %s is gone on with later: %s", job.id(), e.getMessage());
    }
  }

  /** Has jobs go on whose grant was approved, and ends those whose grant ended. */
  void lookAtGrants() {
    transactions.call(c -> ExportWorkRepository.pending(c, LOOKED_AT)).forEach(this::lookAtGrant);
  }

  private void lookAtGrant(ExportWorkRepository.Pending job) {
    Instant ends = job.submitted().plus(around.config().grantFor());
    Grants.Standing standing =
        around.now().isBefore(ends) ? grants.find(job.grant()) : Grants.Standing.ENDED;
    switch (standing) {
      case PENDING -> {}
      case ACTIVE -> transactions.run(c -> ExportWorkRepository.approved(c, job.id()));
      case ENDED ->
          transactions.run(
              c -> ExportWorkRepository.refused(c, job.id(), GRANT_ENDED, around.now()));
    }
  }

  /** Deletes files whose time has come, and forgets what ended long ago. */
  int cleanUp() {
    Instant now = around.now();
    return transactions.call(
        c ->
            ExportWorkRepository.expire(c, now)
                + ExportWorkRepository.dropOlder(c, now.minus(around.config().keep())));
  }

  private ExportKind kind(String name) {
    return kinds.stream().filter(kind -> kind.name().equals(name)).findFirst().orElseThrow();
  }
}
