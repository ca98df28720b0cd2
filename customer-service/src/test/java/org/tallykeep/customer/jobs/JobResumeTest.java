package org.tallykeep.customer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.imports.ImportKind;
import org.tallykeep.customer.imports.ImportSummary;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.platform.DatabaseException;
import org.tallykeep.customer.platform.TestRetailer;
import org.tallykeep.customer.profile.ImportsFixture;

/** Jobs whose worker dies at every step there is. */
class JobResumeTest {

  private final TestJobs jobs = new TestJobs();

  @Test
  void whereverItDiesPurchasesAreTakenOnceAndCountedExactly() throws IOException {
    TestLedger ledger = new TestLedger(jobs.database, jobs.keys);
    ImportKind<?> purchases = ledger.imports(TestRetailer.USUAL);
    JobWorker worker = jobs.worker(purchases);
    finish(worker, jobs.stage(purchases, false, purchase("before", "1")), -1);
    int died = 0;
    boolean failed = true;
    for (int step = 0; failed; step++) {
      StringBuilder body = new StringBuilder();
      for (int i = 0; i < 1000; i++) {
        body.append(purchase(step + "-" + i, "1"));
      }
      body.append(purchase(step + "-7", "1")); // the same again
      body.append(purchase("before", "1")).append(purchase("before", "2")).append("{}\n");
      body.append(purchase(step + "-last", "1"));
      UUID id = jobs.stage(purchases, false, body.toString());
      failed = finish(worker, id, step);
      died += failed ? 1 : 0;
      assertThat(jobs.job(id).counts()).as("died at %d", step).isEqualTo(counts());
      assertThat(jobs.job(id).state()).isEqualTo(JobState.DONE);
      assertThat(
              jobs.database.number("SELECT count(*) FROM import_error WHERE line IN (1003, 1004)"))
          .isEqualTo(2L * (step + 1));
    }
    assertThat(died).isGreaterThan(25);
    assertThat(jobs.database.number("SELECT count(*) FROM purchase"))
        .isEqualTo(1 + 1001L * (died + 1));
  }

  private static ImportSummary counts() {
    return new ImportSummary(1005, 1001, 2, 2, 1);
  }

  @Test
  void whereverItDiesNobodyBecomesTwoCustomers() throws IOException {
    ImportKind<?> customers =
        ImportsFixture.customers(jobs.database.transactions(), jobs.keys, TestRetailer.USUAL);
    JobWorker worker = jobs.worker(customers);
    int died = 0;
    boolean failed = true;
    for (int step = 0; failed; step++) {
      String body =
          """
          {"name":{"given":"Ada"},"emails":["ada%1$d@example.org"]}
          {"externalId":"h-%1$d","name":{"given":"Bea"}}
          {"name":{"given":"Cora"}}
          {"externalId":"h-%1$d","name":{"given":"Beatrice"}}
          """
              .formatted(step);
      UUID id = jobs.stage(customers, false, body);
      failed = finish(worker, id, step);
      died += failed ? 1 : 0;
      assertThat(jobs.job(id).counts())
          .as("died at %d", step)
          .isEqualTo(new ImportSummary(4, 4, 0, 0, 0));
    }
    assertThat(died).isGreaterThan(25);
    assertThat(jobs.database.number("SELECT count(*) FROM customer")).isEqualTo(3L * (died + 1));
    assertThat(
            jobs.database.number(
                "SELECT count(*) FROM customer WHERE substring(id::text, 15, 1) <> '4'"))
        .isZero();
  }

  /** Takes the job with a death at that step; whether there was one. */
  private boolean finish(JobWorker worker, UUID id, int step) {
    if (step >= 0) {
      jobs.database.failAt(step);
    }
    boolean alive = true;
    for (int turn = 0; turn < 10 && alive; turn++) {
      try {
        alive = worker.takeOne();
      } catch (DatabaseException e) {
        alive = true;
      }
    }
    boolean failed = step >= 0 && !jobs.database.stillToFail();
    while (!jobs.job(id).state().ended()) {
      worker.takeOne();
    }
    return failed;
  }

  private static String purchase(String event, String amount) {
    return """
        {"eventId":"%s","externalId":"h-1","day":"2017-01-01",\
        "lines":[{"product":"P1","units":1,"amount":"%s"}]}
        """
        .formatted(event, amount);
  }
}
