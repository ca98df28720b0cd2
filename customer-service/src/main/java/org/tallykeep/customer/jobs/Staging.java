package org.tallykeep.customer.jobs;

import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.imports.BrokenStreamException;
import org.tallykeep.customer.imports.ImportBody;
import org.tallykeep.customer.imports.RowFormat;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.platform.problem.Unavailable;

/** Takes the body of a job, sealed, a chunk at a time. A body that breaks off leaves nothing. */
@Singleton
final class Staging {

  /** Bytes of a chunk, and what an upload needs of memory. */
  static final int CHUNK = 1 << 20;

  private final Transactions transactions;
  private final DatasetRecords records;
  private final SecureRandom random;
  private final InstantSource clock;
  private final long mostStaged;

  Staging(
      Transactions transactions,
      DatasetRecords records,
      SecureRandom random,
      InstantSource clock,
      JobsConfig config) {
    this.transactions = transactions;
    this.records = records;
    this.random = random;
    this.clock = clock;
    this.mostStaged = config.mostStaged();
  }

  /**
   * What is to be uploaded.
   *
   * @param repetition the tag of the request, if it names itself
   */
  record Upload(String kind, boolean csv, RowFormat<?> format, Optional<byte[]> repetition) {}

  /** The job that the very same request has made before. */
  Optional<Job> before(Upload upload) {
    return upload.repetition.flatMap(
        tag -> transactions.call(c -> JobRepository.findRepeated(c, tag)));
  }

  /**
   * Stages the whole body.
   *
   * @return the new job, or the one that the very same request had made before
   * @throws Refusal if the body as a whole is not of the format
   * @throws IOException if it breaks off
   */
  Job stage(Upload upload, InputStream body) throws IOException {
    UUID id = UUID.randomUUID();
    byte[] first = body.readNBytes(CHUNK);
    checkStart(upload.format, first);
    byte[] sealedKey = JobKey.make(records, id, random);
    try (JobKey key = JobKey.open(records, id, sealedKey)) {
      transactions.run(
          c -> ChunkRepository.begin(c, id, upload.kind, upload.csv, sealedKey, clock.instant()));
      byte[] chunk = first;
      for (int number = 0; chunk.length > 0; number++) {
        add(id, number, key.seal(number, chunk), chunk.length);
        Arrays.fill(chunk, (byte) 0);
        chunk = body.readNBytes(CHUNK);
      }
      return complete(id, upload);
    } catch (Throwable failure) {
      drop(id, failure);
      throw failure;
    }
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

  private Job complete(UUID id, Upload upload) {
    return transactions.call(
        c -> {
          byte[] repetition = upload.repetition.orElse(null);
          if (repetition != null && !ChunkRepository.name(c, id, repetition)) {
            ChunkRepository.drop(c, id);
            return JobRepository.findRepeated(c, repetition).orElseThrow();
          }
          if (!ChunkRepository.complete(c, id, clock.instant())) {
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
