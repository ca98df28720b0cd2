package org.tallykeep.customer.exports;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.tallykeep.customer.imports.CsvOutput;
import org.tallykeep.customer.jobs.JobKey;
import org.tallykeep.customer.profile.ProfileExport;

/** Customers, opened under the grant of the job. */
@Singleton
final class CustomerExports implements ExportKind {

  /** What a crash has opened once more at most. */
  static final int PAGE = 250;

  private final ProfileExport profiles;

  CustomerExports(ProfileExport profiles) {
    this.profiles = profiles;
  }

  /**
   * For how many customers a grant is asked: some sign up meanwhile, some keys are replaced, and a
   * page that was under way when somebody died is opened again.
   */
  static long toAskFor(long count) {
    return count + count / 50 + Math.min(count, 2L * PAGE) + 10;
  }

  @Override
  public String name() {
    return ExportWish.CUSTOMERS;
  }

  @Override
  public long count() {
    return profiles.count();
  }

  @Override
  public CsvOutput csv() {
    return profiles.csv();
  }

  @Override
  public Page page(ExportJob job, ExportJob.Position behind, JobKey key) {
    ProfileExport.Page page =
        profiles.page(
            behind.id(),
            PAGE,
            new ProfileExport.Wanted(
                job.grant().orElseThrow(), job.wish().purposes(), job.wish().portable()));
    UUID last = page.last();
    return new Page(
        page.profiles(), page.seen(), last == null ? null : new ExportJob.Position(0, last));
  }
}
