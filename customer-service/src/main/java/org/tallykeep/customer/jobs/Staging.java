package org.tallykeep.customer.jobs;

import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.tallykeep.customer.imports.BrokenStreamException;
import org.tallykeep.customer.imports.ImportBody;
import org.tallykeep.customer.imports.RowFormat;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.platform.problem.Unavailable;

/** Takes the body of a job, sealed, a chunk at a time. A body that breaks off leaves nothing. */
@Singleton
final class Staging {

  /** Bytes of a chunk, and what an upload needs of memory. */
  static final int CHUNK = 1 << 20;

  /** Jobs of one sender that wait or run. */
  private static final int MOST_OPEN = 100;

  private final Transactions transactions;
  private final Keys keys;
  private final SecureRandom random;
  private final InstantSource clock;
  private final long mostStaged;

  Staging(
      Transactions transactions,
      Keys keys,
      SecureRandom random,
      InstantSource clock,
      JobsConfig config) {
    this.transactions = transactions;
    this.keys = keys;
    this.random = random;
    this.clock = clock;
    this.mostStaged = config.mostStaged();
  }

  /**
   * What is to be uploaded.
   *
   * @param repetition the tag of the request, if it names itself
   */
  record Upload(
      String kind, boolean csv, RowFormat<?> format, Sender sender, Optional<byte[]> repetition) {}

  /**
   * Who uploads it.
   *
   * @param name as it is written down of changes
   * @param tag by which their jobs are known
   */
  record Sender(String name, byte[] tag) {
    @Override
    public String toString() {
      return "Sender";
    }
  }

  /** A job, and the digest of what was sent for it. */
  record Staged(Job job, byte[] digest) {
    @Override
    public String toString() {
      return "Staged";
    }
  }

  /** The job that the very same request has made before. */
  Optional<Job> before(Upload upload) {
    return upload.repetition.flatMap(
        tag -> transactions.call(c -> JobRepository.findRepeated(c, tag)));
  }

  /** Whether a job was sent what has this tag. */
  boolean isOf(Job job, byte[] content) {
    return transactions
        .call(c -> ChunkRepository.content(c, job.id()))
        .map(theirs -> MessageDigest.isEqual(theirs, content))
        .orElse(true);
  }

  /**
   * Stages the whole body.
   *
   * @param tagging makes the tag of a digest
   * @return the new job, or the one that the very same request had made before
   * @throws Refusal if the body as a whole is not of the format
   * @throws IOException if it breaks off
   */
  Staged stage(Upload upload, InputStream body, UnaryOperator<byte[]> tagging) throws IOException {
    UUID id = UUID.randomUUID();
    MessageDigest digest = Digests.sha256();
    byte[] first = body.readNBytes(CHUNK);
    checkStart(upload.format, first);
    JobKey.Made made = JobKey.ofJob(keys, JobKey.Use.IMPORT, id, random);
    try (JobKey key = made.key()) {
      begin(id, upload, made);
      byte[] chunk = first;
      for (int number = 0; chunk.length > 0; number++) {
        digest.update(chunk);
        add(id, number, key.seal(number, chunk), chunk.length);
        Arrays.fill(chunk, (byte) 0);
        chunk = body.readNBytes(CHUNK);
      }
      byte[] sum = digest.digest();
      return new Staged(complete(id, upload, tagging.apply(sum)), sum);
    } catch (Throwable failure) {
      drop(id, failure);
      throw failure;
    }
  }

  private void begin(UUID id, Upload upload, JobKey.Made made) {
    byte[] sender = made.key().sealSender(upload.sender.name);
    transactions.run(
        c -> {
          if (ChunkRepository.open(c, upload.sender.tag) >= MOST_OPEN) {
            throw new TooManyJobs();
          }
          ChunkRepository.begin(c, id, upload, made.sealed(), sender, clock.instant());
        });
  }

  /** Columns are told at once and not when the job's turn comes. */
  private static void checkStart(RowFormat<?> format, byte[] first) throws IOException {
    InputStream start = new ByteArrayInputStream(first);
    try {
      format.open(ImportBody.open(start));
    } catch (BrokenStreamException e) {
      // Told by the job, with the rest of what becomes of it.
    }
  }

  private void add(UUID id, int number, byte[] sealed, int length) {
    boolean there =
        transactions.call(
            c -> {
              if (ChunkRepository.staged(c) + length > mostStaged) {
                throw new TooMuchStaged();
              }
              return ChunkRepository.add(c, id, number, sealed, length, clock.instant());
            });
    if (!there) {
      throw new Refusal.Conflict(
          "upload-given-up", "The upload paused for so long that it was given up. Send it again.");
    }
  }

  private Job complete(UUID id, Upload upload, byte[] content) {
    return transactions.call(
        c -> {
          byte[] repetition = upload.repetition.orElse(null);
          if (repetition != null && !ChunkRepository.name(c, id, repetition)) {
            ChunkRepository.drop(c, id);
            return JobRepository.findRepeated(c, repetition).orElseThrow();
          }
          if (!ChunkRepository.complete(c, id, content, clock.instant())) {
            throw new Refusal.Conflict(
                "upload-given-up", "The upload took so long that it was given up. Send it again.");
          }
          return JobRepository.find(c, id).orElseThrow();
        });
  }

  private void drop(UUID id, Throwable failure) {
    try {
      transactions.run(c -> ChunkRepository.drop(c, id));
    } catch (RuntimeException e) {
      // The worker removes it later.
      failure.addSuppressed(e);
    }
  }

  /** One sender leaves room for the others. */
  private static final class TooManyJobs extends Unavailable {
    private static final long serialVersionUID = 1L;

    TooManyJobs() {
      super(
          "too-many-jobs",
          "You have " + MOST_OPEN + " jobs that have not ended. Send it again when some have.",
          Duration.ofSeconds(60),
          null);
    }
  }

  /** The database is spared; the caller comes again. */
  private static final class TooMuchStaged extends Unavailable {
    private static final long serialVersionUID = 1L;

    TooMuchStaged() {
      super(
          "too-much-staged",
          "As much is staged as this service keeps at once. Send it again when jobs have ended.",
          Duration.ofSeconds(60),
          null);
    }
  }
}
