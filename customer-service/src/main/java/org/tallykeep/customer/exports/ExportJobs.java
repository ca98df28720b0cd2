package org.tallykeep.customer.exports;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.jobs.JobCursor;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Transactions;

/** What persons ask of their exports; those of others are not there for them. */
@Singleton
final class ExportJobs {

  private final Transactions transactions;
  private final ExportSecrets secrets;
  private final Grants grants;
  private final Surroundings around;

  ExportJobs(Transactions transactions, ExportSecrets secrets, Grants grants, Surroundings around) {
    this.transactions = transactions;
    this.secrets = secrets;
    this.grants = grants;
    this.around = around;
  }

  ExportJobResource.ExportJobList list(
      String person, @Nullable Integer limit, @Nullable String cursor) {
    int most = JobCursor.most(limit);
    JobCursor from = JobCursor.decode(cursor);
    List<ExportJob> jobs =
        transactions.call(
            c ->
                ExportRepository.newest(
                    c, secrets.owner(person), from.submitted(), from.id(), most + 1));
    List<ExportJob> page = jobs.subList(0, Math.min(most, jobs.size()));
    String next =
        jobs.size() <= most
            ? null
            : new JobCursor(page.getLast().times().submitted(), page.getLast().id()).encode();
    return new ExportJobResource.ExportJobList(page.stream().map(this::view).toList(), next);
  }

  ExportJobView get(UUID id, String person) {
    return view(find(id, person));
  }

  /** The job, if it is that person's. */
  ExportJob find(UUID id, String person) {
    byte[] owner = secrets.owner(person);
    return transactions
        .call(c -> ExportRepository.find(c, id, owner))
        .orElseThrow(
            () ->
                new Refusal.NotFound(
                    "export-job-not-found",
                    "There is no export of yours with this id, or no longer."));
  }

  ExportJobView cancel(UUID id, String person) {
    ExportJob job = find(id, person);
    if (!transactions.call(c -> ExportRepository.cancel(c, id, around.now()))) {
      throw new Refusal.Conflict("export-job-ended", "This export has ended, and left no file.");
    }
    job.grant().ifPresent(grants::cancel);
    return get(id, person);
  }

  private ExportJobView view(ExportJob job) {
    return ExportJobView.of(job, secrets.reason(job), around.now());
  }
}
