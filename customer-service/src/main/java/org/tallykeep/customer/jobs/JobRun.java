package org.tallykeep.customer.jobs;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.Batch;
import org.tallykeep.customer.imports.BrokenStreamException;
import org.tallykeep.customer.imports.ImportBody;
import org.tallykeep.customer.imports.ImportKind;
import org.tallykeep.customer.imports.ImportSummary;
import org.tallykeep.customer.imports.NewIds;
import org.tallykeep.customer.imports.RowFormat;
import org.tallykeep.customer.imports.Rows;
import org.tallykeep.customer.imports.WatchedBody;
import org.tallykeep.customer.jobs.ErrorRepository.RowError;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;

/**
 * Takes a job from its last checkpoint on, batch by batch. Whoever dies leaves the rest to the next
 * one, who begins with the batch that was under way: its rows are told by ids made of the job's key
 * and their lines, so that what came of them before counts as it would have.
 */
final class JobRun {

  /** So many refusals are kept of a job; the others are counted. */
  private static final long MOST_ERRORS = 100_000;

  /** Of which nothing was taken: the file is not what it should be. */
  private static final long ALL_REFUSED = 10_000;

  /** Nothing that is worth being packed becomes so many times as long, but for short files. */
  private static final long MOST_UNPACKED = 100;

  private static final long SHORT = 1L << 30;

  private static final String STAGED_KEY_GONE = "staged-key-gone";

  /** How often a job is held anew within its lease. */
  private static final int BEATS = 6;

  private final Transactions transactions;
  private final Keys keys;
  private final InstantSource clock;
  private final Duration lease;
  private final BooleanSupplier stopping;

  JobRun(
      Transactions transactions,
      Keys keys,
      InstantSource clock,
      Duration lease,
      BooleanSupplier stopping) {
    this.transactions = transactions;
    this.keys = keys;
    this.clock = clock;
    this.lease = lease;
    this.stopping = stopping;
  }

  /**
   * Goes on with the job until it has ended, somebody else has it, or the service stops.
   *
   * @param holder whom it was given to
   */
  <T> void run(Job job, UUID holder, ImportKind<T> kind) {
    JobRepository.Sealed sealed = transactions.call(c -> JobRepository.sealed(c, job.id()));
    try (JobKey key = JobKey.ofJob(keys, JobKey.Use.IMPORT, job.id(), sealed.key()).orElse(null)) {
      if (key == null) {
        // What was staged opens no more: an incident's answer, most likely.
        end(job, holder, JobState.FAILED, Optional.of(new Job.Failure(STAGED_KEY_GONE, 0)));
      } else {
        new Turn<>(job, holder, kind, key, sealed.sender()).run();
      }
    }
  }

  private void end(Job job, UUID holder, JobState state, Optional<Job.Failure> failure) {
    transactions.call(
        c -> JobRepository.end(c, job.id(), holder, state, failure.orElse(null), clock.instant()));
  }

  /** The turn is over in the middle of a batch. */
  private static final class TurnOver extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean cancelled;

    TurnOver(boolean cancelled) {
      super(null, null, false, false);
      this.cancelled = cancelled;
    }
  }

  /** One replica's turn at a job. */
  private final class Turn<T> {
    private final Job job;
    private final UUID holder;
    private final ImportKind<T> kind;
    private final JobKey key;
    private final String sender;
    private final StagedBody body;
    private ImportSummary counts;
    private Instant held;

    /** The first batch may be one that was under way when somebody died. */
    private boolean again;

    Turn(Job job, UUID holder, ImportKind<T> kind, JobKey key, byte @Nullable [] sender) {
      this.job = job;
      this.holder = holder;
      this.kind = kind;
      this.key = key;
      this.sender = sender == null ? kind.name() : key.openSender(sender);
      this.body = new StagedBody(transactions, job, key);
      this.held = clock.instant();
      this.counts = job.counts();
      this.again = job.attempts() > 1 || job.lastLine() > 0;
    }

    void run() {
      if (job.cancelling()) {
        end(JobState.CANCELLED, Optional.empty());
        return;
      }
      RowFormat<T> format = kind.format(job.csv());
      Optional<Rows<T>> rows = Optional.empty();
      try {
        long longest = Math.max(SHORT, MOST_UNPACKED * job.bytesTotal());
        rows =
            Optional.of(format.open(new WatchedBody(ImportBody.open(body), longest, this::holdOn)));
        rows.get().skipTo(job.lastLine());
        takeAll(rows.get());
      } catch (TurnOver over) {
        if (over.cancelled) {
          end(JobState.CANCELLED, Optional.empty());
        }
      } catch (BrokenStreamException e) {
        long line = rows.map(Rows::line).orElse(1L);
        end(JobState.FAILED, Optional.of(new Job.Failure(e.reason().code(), line)));
      } catch (IOException e) {
        throw new IllegalStateException("what is staged is read without input or output", e);
      }
    }

    /** Keeps the job, however long no batch comes of what is read, unless it is to end. */
    private void holdOn() {
      if (stopping.getAsBoolean()) {
        throw new TurnOver(false);
      }
      Instant now = clock.instant();
      if (Duration.between(held, now).multipliedBy(BEATS).compareTo(lease) < 0) {
        return;
      }
      held = now;
      boolean cancelling =
          transactions
              .call(c -> JobRepository.hold(c, job.id(), holder, lease))
              .orElseThrow(() -> new TurnOver(false));
      if (cancelling) {
        throw new TurnOver(true);
      }
    }

    private void takeAll(Rows<T> rows) throws IOException {
      boolean more = true;
      while (more) {
        Batch<T> batch = new Batch<>();
        Optional<BrokenStreamException> broken = Optional.empty();
        try {
          more = fill(batch, rows);
        } catch (BrokenStreamException e) {
          broken = Optional.of(e);
        }
        if (!batch.isEmpty() && !take(batch)) {
          return;
        }
        if (broken.isPresent()) {
          throw broken.get();
        }
        if (counts.rows() >= ALL_REFUSED && counts.refused() == counts.rows()) {
          end(JobState.FAILED, Optional.of(new Job.Failure("all-refused", 0)));
          return;
        }
      }
      end(JobState.DONE, Optional.empty());
    }

    /** Whether there may be more. */
    private boolean fill(Batch<T> batch, Rows<T> rows) throws IOException {
      while (!batch.full()) {
        Rows.Row<T> row = rows.next();
        if (row == null) {
          return false;
        }
        batch.add(row);
      }
      return true;
    }

    /** Whether to go on. */
    private boolean take(Batch<T> batch) {
      NewIds ids = new OfLines(key, batch.lines(), again);
      List<Batch.Answered> answers = batch.take(values -> kind.take(values, ids, sender));
      List<RowError> errors = ErrorDetails.kept(answers, kind::fieldNames);
      long before = counts.refused();
      counts = counts.with(answers);
      var at = new JobRepository.Checkpoint(body.delivered(), batch.lastLine(), counts);
      Optional<Boolean> cancelling =
          transactions.call(
              c -> {
                Optional<Boolean> held = JobRepository.checkpoint(c, job.id(), holder, at, lease);
                if (held.isPresent()) {
                  long room = Math.max(0, MOST_ERRORS - before);
                  ErrorRepository.insert(
                      c, job.id(), errors.subList(0, (int) Math.min(room, errors.size())));
                }
                return held;
              });
      again = false;
      held = clock.instant();
      if (cancelling.orElse(false)) {
        end(JobState.CANCELLED, Optional.empty());
      }
      return cancelling.isPresent() && !cancelling.get() && !stopping.getAsBoolean();
    }

    private void end(JobState state, Optional<Job.Failure> failure) {
      JobRun.this.end(job, holder, state, failure);
    }
  }

  /** Ids made of the key of a job and the lines of a batch. */
  private record OfLines(JobKey key, List<Long> lines, boolean again) implements NewIds {
    @Override
    public boolean lasting() {
      return true;
    }

    @Override
    public UUID of(int row) {
      return key.idOf(lines.get(row));
    }
  }
}
