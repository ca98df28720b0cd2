package org.tallykeep.customer.exports;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.jobs.JobKey;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Transactions;

/** Opens the files of exports, a chunk in memory. */
@Singleton
final class ExportFiles {

  private final Transactions transactions;
  private final ExportJobs jobs;
  private final ExportSecrets secrets;
  private final Grants grants;
  private final Surroundings around;

  ExportFiles(
      Transactions transactions,
      ExportJobs jobs,
      ExportSecrets secrets,
      Grants grants,
      Surroundings around) {
    this.transactions = transactions;
    this.jobs = jobs;
    this.secrets = secrets;
    this.grants = grants;
    this.around = around;
  }

  /** The job whose file that person may fetch now. */
  ExportJob require(UUID id, String person) {
    ExportJob job = jobs.find(id, person);
    Instant expires = job.times().expires();
    boolean gone = expires == null || !around.now().isBefore(expires);
    if (job.state() != ExportState.DONE || gone) {
      throw new Refusal.NotFound(
          "export-file-not-found",
          "There is no file: the export is not done, or its time is over.");
    }
    // A freeze ends the grant, and with it what was opened under it.
    if (job.grant().map(grants::find).orElse(Grants.Standing.ACTIVE) != Grants.Standing.ACTIVE) {
      transactions.call(c -> ExportRepository.cancel(c, id, around.now()));
      throw new Refusal.NotAllowed(
          ExportWorker.GRANT_ENDED, "The grant of this export was ended, and the file with it.");
    }
    return job;
  }

  /**
   * Writes the whole file.
   *
   * @throws IOException if it is gone before its end
   */
  void write(ExportJob job, OutputStream output) throws IOException {
    byte[] sealedKey = there(transactions.call(c -> ExportRepository.key(c, job.id())));
    try (JobKey key = secrets.key(job.id(), sealedKey)) {
      for (int i = 0; i < job.progress().chunks(); i++) {
        int number = i;
        Optional<byte[]> sealed =
            transactions.call(c -> ExportRepository.chunk(c, job.id(), number));
        output.write(key.open(number, there(sealed)));
      }
    }
    output.flush();
  }

  private static byte[] there(Optional<byte[]> part) throws IOException {
    return part.orElseThrow(() -> new IOException("the file of the export is gone"));
  }
}
