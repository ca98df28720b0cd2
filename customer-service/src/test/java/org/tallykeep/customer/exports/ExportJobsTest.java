package org.tallykeep.customer.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.keyvault.client.KeysOverBudget;
import org.tallykeep.keyvault.client.KeysUnavailable;
import org.tallykeep.platform.problem.Unavailable;

class ExportJobsTest {

  private static final ExportWish CUSTOMERS = TestExports.customers(false, false, false);
  private static final ExportWish PURCHASES = TestExports.purchases(false, false, false);

  private final TestExports exports = new TestExports();

  @BeforeEach
  void somebody() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      rows.append(
          "{\"externalId\":\"h-%1$d\",\"name\":{\"given\":\"Zephyrinus\"},\"emails\":[\"z%1$d@example.org\"]}\n"
              .formatted(i));
    }
    TestExports.take(exports.customers, rows.toString());
    TestExports.take(
        exports.purchases,
        """
        {"eventId":"e-1","externalId":"h-1","day":"2017-01-01","lines":[{"product":"P","units":1,"amount":"1"}]}
        {"eventId":"e-2","externalId":"nobody","day":"2017-02-01","lines":[{"product":"P","units":1,"amount":"2"}]}
        {"eventId":"e-3","externalId":"nobody","corrects":"e-2","day":"2017-03-01","lines":[{"product":"P","units":1,"amount":"3"}]}
        """);
  }

  @Test
  void anExportTellsHowFarItHasComeAndIsSealedWhereItLies() throws IOException {
    UUID id = exports.submit(CUSTOMERS);
    assertThat(exports.view(id).state()).isEqualTo(ExportState.WAITING);
    assertThat(exports.worker().takeOne()).isTrue();
    ExportJobView view = exports.view(id);
    assertThat(view.state()).isEqualTo(ExportState.DONE);
    assertThat(view.rows()).isEqualTo(view.total()).isEqualTo(300);
    assertThat(view.purpose()).isEqualTo("because of Zephyrinus");
    assertThat(view.expiresAt()).isEqualTo(exports.now.plus(Duration.ofHours(24)));
    assertThat(exports.file(id)).hasSize((int) view.bytes());
    for (String place : List.of("export_chunk", "export_job")) {
      assertThat(
              exports.database.number(
                  "SELECT count(*) FROM %s t WHERE position('Zephyrinus' IN t::text) > 0 OR"
                          .formatted(place)
                      + " position(encode('Zephyrinus', 'hex') IN t::text) > 0"))
          .isZero();
    }
    assertThat(exports.database.number("SELECT count(*) FROM export_chunk")).isPositive();
  }

  @Test
  void nobodyElseHasIt() {
    UUID id = exports.submit(CUSTOMERS);
    exports.worker().takeOne();
    assertThatThrownBy(() -> exports.jobs().get(id, "eva")).isInstanceOf(Refusal.NotFound.class);
    assertThatThrownBy(() -> exports.jobs().cancel(id, "eva")).isInstanceOf(Refusal.NotFound.class);
    assertThatThrownBy(() -> exports.files().require(id, "eva"))
        .isInstanceOf(Refusal.NotFound.class);
    assertThat(exports.jobs().list("eva", null, null).jobs()).isEmpty();
    assertThat(exports.jobs().list("ada", null, null).jobs()).hasSize(1);
  }

  @Test
  void theSameRequestAgainIsTheSameJobAndAnotherUnderItsNameIsRefused() {
    UUID id = exports.submit(CUSTOMERS, "ada", "one");
    assertThat(exports.submit(CUSTOMERS, "ada", "one")).isEqualTo(id);
    assertThat(exports.submit(CUSTOMERS, "eva", "one")).isNotEqualTo(id);
    assertThat(exports.submit(CUSTOMERS)).isNotEqualTo(exports.submit(CUSTOMERS));
    assertThatThrownBy(() -> exports.submit(PURCHASES, "ada", "one"))
        .isInstanceOf(Refusal.Conflict.class);
  }

  @Test
  void moreThanTheBudgetLeavesIsRefusedWithNothingOpenedAndNoJob() {
    exports.keys.grantExports(
        records -> {
          throw new KeysOverBudget(Duration.ofMinutes(1));
        });
    exports.keys.beforeGranted(grant -> assertThat(grant).as("opened").isNull());
    assertThatThrownBy(() -> exports.submit(CUSTOMERS)).isInstanceOf(KeysOverBudget.class);
    assertThat(exports.database.number("SELECT count(*) FROM export_job")).isZero();
  }

  @Test
  void aLargeOneWaitsForASecondOfficer() throws IOException {
    exports.grants.secondOfficerAbove = 300;
    UUID id = exports.submit(CUSTOMERS);
    ExportWorker worker = exports.worker();
    worker.lookAtGrants();
    assertThat(worker.takeOne()).isFalse();
    ExportJobView waits = exports.view(id);
    assertThat(waits.state()).isEqualTo(ExportState.WAITING_FOR_APPROVAL);
    exports.grants.approve(Objects.requireNonNull(waits.grant()));
    worker.lookAtGrants();
    assertThat(worker.takeOne()).isTrue();
    assertThat(exports.view(id).state()).isEqualTo(ExportState.DONE);
  }

  @Test
  void oneThatNobodyApprovesEndsWithItsGrant() {
    exports.grants.secondOfficerAbove = 300;
    UUID ended = exports.submit(CUSTOMERS);
    exports.grants.endAll();
    exports.worker().lookAtGrants();
    assertEndedWithGrant(ended);
    UUID late = exports.submit(CUSTOMERS);
    exports.now = exports.now.plus(Duration.ofHours(23));
    exports.worker().lookAtGrants();
    assertEndedWithGrant(late);
  }

  @Test
  void aGrantThatIsEndedEndsTheJobWithoutAFile() {
    AtomicInteger batches = new AtomicInteger();
    exports.keys.beforeGranted(
        grant -> {
          if (batches.incrementAndGet() == 3) {
            exports.grants.endAll();
          }
          exports.grants.require(grant);
        });
    UUID id = exports.submit(CUSTOMERS);
    exports.worker().takeOne();
    assertEndedWithGrant(id);
    assertThat(exports.view(id).rows()).isEqualTo(CustomerExports.PAGE);
  }

  @Test
  void aFileIsGoneWithItsGrant() {
    UUID id = exports.submit(CUSTOMERS);
    exports.worker().takeOne();
    exports.grants.endAll();
    assertThatThrownBy(() -> exports.file(id)).isInstanceOf(Refusal.NotAllowed.class);
    assertThat(exports.view(id).state()).isEqualTo(ExportState.EXPIRED);
    assertNothingStaged();
  }

  @Test
  void aFileExpiresAndIsDeleted() throws IOException {
    UUID id = exports.submit(PURCHASES);
    exports.worker().takeOne();
    exports.now = exports.now.plus(Duration.ofHours(24)).minusMillis(1);
    exports.worker().cleanUp();
    assertThat(exports.file(id)).isNotEmpty();
    exports.now = exports.now.plusMillis(1);
    assertThatThrownBy(() -> exports.file(id)).isInstanceOf(Refusal.NotFound.class);
    exports.worker().cleanUp();
    assertThat(exports.view(id).state()).isEqualTo(ExportState.EXPIRED);
    assertNothingStaged();
    exports.now = exports.now.plus(Duration.ofDays(31));
    exports.worker().cleanUp();
    assertThat(exports.database.number("SELECT count(*) FROM export_job")).isZero();
  }

  @Test
  void cancellingLeavesNothingWhetherItWaitsRunsOrIsDone() {
    UUID waiting = exports.submit(CUSTOMERS);
    assertThat(exports.jobs().cancel(waiting, "ada").state()).isEqualTo(ExportState.CANCELLED);
    assertThatThrownBy(() -> exports.jobs().cancel(waiting, "ada"))
        .isInstanceOf(Refusal.Conflict.class);
    UUID done = exports.submit(CUSTOMERS);
    exports.worker().takeOne();
    assertThat(exports.jobs().cancel(done, "ada").state()).isEqualTo(ExportState.EXPIRED);
    UUID running = exports.submit(CUSTOMERS);
    AtomicInteger batches = new AtomicInteger();
    exports.keys.beforeGranted(
        grant -> {
          if (batches.incrementAndGet() == 3) {
            assertThat(exports.jobs().cancel(running, "ada").state())
                .isEqualTo(ExportState.RUNNING);
          }
          // The grant ends with it, before the job gets to know.
          exports.grants.require(grant);
        });
    exports.worker().takeOne();
    assertThat(exports.view(running).state()).isEqualTo(ExportState.CANCELLED);
    assertThat(exports.view(running).problem()).isNull();
    assertThat(exports.view(running).rows()).isEqualTo(CustomerExports.PAGE);
    assertThat(exports.grants.cancelled).isEqualTo(3);
    assertNothingStaged();
  }

  @Test
  void whatIsAwayIsWaitedForAndAFailureOfNoKnownReasonIsGivenUp() {
    AtomicInteger asked = new AtomicInteger();
    exports.keys.beforeGranted(
        grant -> {
          if (asked.incrementAndGet() < 8) {
            throw new KeysUnavailable(Duration.ofSeconds(1), null);
          }
        });
    UUID id = exports.submit(CUSTOMERS);
    ExportWorker worker = exports.worker();
    while (worker.takeOne()) {}
    assertThat(exports.view(id).state()).isEqualTo(ExportState.DONE);
    exports.keys.beforeGranted(
        grant -> {
          throw new IllegalStateException("a bug");
        });
    UUID failing = exports.submit(CUSTOMERS);
    int turns = 0;
    while (worker.takeOne()) {
      turns++;
    }
    assertThat(turns).isEqualTo(5);
    assertThat(exports.view(failing).state()).isEqualTo(ExportState.FAILED);
  }

  @Test
  void whatIsStagedOfAllExportsIsBounded() {
    exports.mostStaged = 10_000;
    UUID id = exports.submit(CUSTOMERS);
    exports.worker().takeOne();
    assertThat(exports.view(id).problem())
        .isNotNull()
        .extracting(ExportJobView.ExportProblem::type)
        .isEqualTo("urn:tallykeep:problem:too-much-staged");
    assertNothingStaged();
    exports.mostStaged = 0;
    assertThatThrownBy(() -> exports.submit(PURCHASES)).isInstanceOf(Unavailable.class);
  }

  @Test
  void whenPseudonymsAreRenewedAnExportOfPurchasesIsAskedForAgain() throws Exception {
    UUID purchases = exports.submit(PURCHASES);
    UUID customers = exports.submit(CUSTOMERS);
    exports.database.execute(
        """
        INSERT INTO pseudonym_renewal
            (id, state, index_version, total, done, started_at, state_since, ended_at)
        VALUES (gen_random_uuid(), 'done', 1, 3, 3, now(), now(), now())
        """);

    ExportWorker worker = exports.worker();
    while (worker.takeOne()) {}

    assertThat(exports.view(purchases).problem())
        .isNotNull()
        .extracting(ExportJobView.ExportProblem::type)
        .isEqualTo("urn:tallykeep:problem:pseudonyms-renewed");
    assertThat(exports.view(customers).state()).isEqualTo(ExportState.DONE);
    assertThat(exports.export(TestExports.purchases(false, false, false))).isNotEmpty();
  }

  @Test
  void whoLostItsLeaseWritesNothingAnyMore() throws IOException {
    AtomicInteger batches = new AtomicInteger();
    exports.keys.beforeGranted(
        grant -> {
          if (batches.incrementAndGet() == 2) {
            exports.worker().takeOne();
          }
        });
    UUID id = exports.submit(CUSTOMERS);
    exports.worker().takeOne();
    assertThat(exports.view(id).rows()).isEqualTo(300);
    assertThat(new String(exports.file(id), StandardCharsets.UTF_8).lines()).hasSize(300);
  }

  @Test
  void ofSomeDaysOnlyWhatCountsOnThemIsThere() throws IOException {
    ExportWish february =
        new ExportWish(
            ExportWish.PURCHASES,
            false,
            false,
            Set.of(),
            new ExportWish.DayRange(0, Math.toIntExact(day("2017-02-28"))),
            false);
    assertThat(new String(exports.export(february), StandardCharsets.UTF_8))
        .contains("e-1")
        .doesNotContain("e-2")
        .doesNotContain("e-3");
    assertThat(new String(exports.export(PURCHASES), StandardCharsets.UTF_8))
        .contains("e-1", "e-2", "\"corrects\":\"e-2\"");
  }

  @Test
  void aRowThatDoesNotOpenStopsNoOther() throws IOException {
    exports.database.execute(
        "UPDATE customer SET contact = mask WHERE id = (SELECT min(id::text)::uuid FROM customer)");
    assertThat(new String(exports.export(CUSTOMERS), StandardCharsets.UTF_8).lines()).hasSize(299);
  }

  private static long day(String date) {
    return java.time.LocalDate.parse(date).toEpochDay();
  }

  private void assertEndedWithGrant(UUID id) {
    ExportJobView view = exports.view(id);
    assertThat(view.state()).isEqualTo(ExportState.FAILED);
    assertThat(view.problem())
        .isNotNull()
        .extracting(ExportJobView.ExportProblem::type)
        .isEqualTo("urn:tallykeep:problem:grant-ended");
    assertNothingStaged();
  }

  private void assertNothingStaged() {
    assertThat(exports.database.number("SELECT count(*) FROM export_chunk")).isZero();
    assertThat(
            exports.database.number(
                "SELECT count(*) FROM export_job WHERE state NOT LIKE 'waiting%' AND sealed_key IS NOT NULL"))
        .isZero();
  }
}
