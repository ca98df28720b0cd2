package org.tallykeep.customer.jobs;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.jobs.JobRepository.Owner;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Transactions;

/** What callers ask of jobs that are there. */
@Singleton
final class Jobs {

  private final Transactions transactions;
  private final InstantSource clock;

  Jobs(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  ImportJobResource.JobList list(Owner owner, @Nullable Integer limit, @Nullable String cursor) {
    JobPages.Page page = JobPages.of(transactions, owner, limit, cursor);
    return new ImportJobResource.JobList(
        page.jobs().stream().map(this::view).toList(), page.nextCursor());
  }

  JobView get(Owner owner, UUID id) {
    return view(find(owner, id));
  }

  JobView cancel(Owner owner, UUID id) {
    find(owner, id);
    boolean cancelled = transactions.call(c -> JobRepository.cancel(c, id, clock.instant()));
    if (!cancelled) {
      throw new Refusal.Conflict("import-job-ended", "This job has ended already.");
    }
    return get(owner, id);
  }

  private Job find(Owner owner, UUID id) {
    return transactions
        .call(
            c ->
                JobRepository.isOf(c, id, owner)
                    ? JobRepository.find(c, id)
                    : Optional.<Job>empty())
        .orElseThrow(
            () ->
                new Refusal.NotFound(
                    "import-job-not-found", "There is no import job with this id, or no longer."));
  }

  private JobView view(Job job) {
    return JobView.of(job, clock.instant());
  }
}
