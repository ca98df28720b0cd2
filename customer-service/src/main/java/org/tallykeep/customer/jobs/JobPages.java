package org.tallykeep.customer.jobs;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Transactions;

/** Jobs page by page, the newest first. */
final class JobPages {

  private JobPages() {}

  /** Some jobs, and the cursor of those behind them. */
  record Page(List<Job> jobs, @Nullable String nextCursor) {}

  static Page of(
      Transactions transactions,
      JobRepository.Owner owner,
      @Nullable Integer limit,
      @Nullable String cursor) {
    int most = JobCursor.most(limit);
    JobCursor from = JobCursor.decode(cursor);
    List<Job> jobs =
        transactions.call(
            c -> JobRepository.newest(c, owner, from.submitted(), from.id(), most + 1));
    return jobs.size() <= most
        ? new Page(jobs, null)
        : new Page(jobs.subList(0, most), encode(jobs.get(most - 1)));
  }

  private static String encode(Job last) {
    Instant submitted = last.times().submitted();
    if (submitted == null) {
      throw new IllegalStateException("a job that is shown was submitted");
    }
    return new JobCursor(submitted, last.id()).encode();
  }
}
