package org.tallykeep.customer.exports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.jobs.JobKey;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Transactions;

/**
 * Goes on with a job from its last checkpoint, page by page. The rows of a page and where it ends
 * are written in one transaction: whoever dies leaves a file that ends with a whole page, and the
 * next one goes on behind it.
 */
final class ExportRun {

  private final Transactions transactions;
  private final ExportSecrets secrets;
  private final Surroundings around;
  private final BooleanSupplier stopping;

  ExportRun(
      Transactions transactions,
      ExportSecrets secrets,
      Surroundings around,
      BooleanSupplier stopping) {
    this.transactions = transactions;
    this.secrets = secrets;
    this.around = around;
    this.stopping = stopping;
  }

  /**
   * Until the job has ended, somebody else has it, or the service stops.
   *
   * @param holder whom it was given to
   */
  void run(ExportJob job, UUID holder, ExportKind kind) {
    Optional<byte[]> sealed = transactions.call(c -> ExportRepository.key(c, job.id()));
    if (sealed.isPresent()) {
      try (JobKey key = secrets.key(job.id(), sealed.get())) {
        new Turn(job, holder, kind, key).run();
      }
    }
  }

  /** One replica's turn at a job. */
  private final class Turn {
    private final ExportJob job;
    private final UUID holder;
    private final ExportKind kind;
    private final JobKey key;
    private final ExportWriter writer;
    private ExportJob.Progress progress;

    Turn(ExportJob job, UUID holder, ExportKind kind, JobKey key) {
      this.job = job;
      this.holder = holder;
      this.kind = kind;
      this.key = key;
      this.writer = new ExportWriter(job, kind.csv());
      this.progress = job.progress();
    }

    void run() {
      boolean goOn = !cancelled(job.cancelling());
      while (goOn) {
        ExportKind.Page page = kind.page(job, progress.at(), key);
        requireNothingMoved();
        goOn = take(page);
        if (goOn && page.last() == null) {
          done();
          return;
        }
        goOn &= !stopping.getAsBoolean();
      }
    }

    /** Whether to go on. */
    private boolean take(ExportKind.Page page) {
      ExportWriter.Written written = writer.write(page.rows(), progress.chunks() == 0);
      ExportJob.Progress next = next(page, written);
      List<byte[]> sealed = new ArrayList<>();
      for (byte[] piece : written.pieces()) {
        sealed.add(key.seal(progress.chunks() + sealed.size(), piece));
      }
      Optional<Boolean> cancelling =
          transactions.call(
              c -> {
                requireRoom(ExportRepository.staged(c) + written.bytes());
                return ExportWorkRepository.checkpoint(
                    c, job, holder, next, sealed, around.config().lease());
              });
      progress = next;
      return cancelling.isPresent() && !cancelled(cancelling.get());
    }

    private ExportJob.Progress next(ExportKind.Page page, ExportWriter.Written written) {
      ExportJob.@Nullable Position last = page.last();
      return new ExportJob.Progress(
          last == null ? progress.at() : last,
          progress.seen() + page.seen(),
          progress.rows() + page.rows().size(),
          progress.incomplete() + written.incomplete(),
          progress.bytes() + written.bytes(),
          progress.chunks() + written.pieces().size());
    }

    private void requireRoom(long staged) {
      if (staged > around.config().mostStaged()) {
        throw new Refusal.Conflict(
            "too-much-staged", "The files of exports are as many as this service keeps.");
      }
    }

    private void requireNothingMoved() {
      if (kind.moved() != job.moved()) {
        throw new Refusal.Conflict(
            "pseudonyms-renewed",
            "Pseudonyms were renewed meanwhile. Ask for the export again when that is over.");
      }
    }

    private boolean cancelled(boolean cancelling) {
      if (cancelling) {
        transactions.run(c -> ExportWorkRepository.giveUp(c, job.id(), holder, null, around.now()));
      }
      return cancelling;
    }

    private void done() {
      transactions.run(
          c ->
              ExportWorkRepository.done(
                  c,
                  job.id(),
                  holder,
                  around.now(),
                  around.now().plus(around.config().keepFile())));
    }
  }
}
