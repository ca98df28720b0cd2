package org.tallykeep.keyvault.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.freeze.FreezeFixture;
import org.tallykeep.keyvault.platform.Database;

/** Which raises wait for a second officer, however they are split. */
class RaisesTest {

  private static final Limits A_THOUSAND = new Limits(1_000, 1_000, 1_000);
  private static final Account ALICE = new Account("customer-service", "person:alice", "contact");
  private static final Account BOB = new Account("customer-service", "person:bob", "contact");
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final Database database = TestDatabase.migrated();
  private final MovableClock clock = new MovableClock();
  private final BudgetDesk here = desk();

  @Test
  void upToTwiceTheLimitOneOfficerDecidesAndNotARecordMore() {
    assertThat(waits("olivia", ALICE, 2_001, AN_HOUR)).isTrue();
    assertThat(waits("olivia", ALICE, 2_000, AN_HOUR)).isFalse();
  }

  @Test
  void smallRaisesAddUpWhicheverOfficerGivesThem() {
    assertThat(waits("olivia", ALICE, 1_600, AN_HOUR)).isFalse();
    assertThat(waits("otto", ALICE, 1_401, AN_HOUR)).isTrue();
    assertThat(waits("otto", ALICE, 1_400, AN_HOUR)).isFalse();
    assertThat(waits("olivia", ALICE, 1_001, AN_HOUR)).isTrue();
    assertThat(waits("olivia", BOB, 2_000, AN_HOUR)).isFalse();
  }

  @Test
  void whatASecondOfficerApprovedDoesNotCount() {
    Raise large = raise("olivia", ALICE, 5_000, AN_HOUR);
    here.approve(large.id(), "otto");
    assertThat(waits("olivia", ALICE, 2_000, AN_HOUR)).isFalse();
  }

  @Test
  void whatAnOfficerSaidAloneEndsWhenTheyAreFrozen() {
    Raise alone = raise("olivia", ALICE, 1_500, AN_HOUR);
    Raise waiting = raise("olivia", ALICE, 5_000, AN_HOUR);
    Raise approved = raise("olivia", BOB, 5_000, AN_HOUR);
    here.approve(approved.id(), "otto");
    Raise ofAnother = raise("otto", BOB, 1_500, AN_HOUR);

    database.transaction(
        connection -> {
          new RaisesOfOfficers(new RaiseRepository()).endOf(connection, "olivia", clock.instant());
          return true;
        });

    assertThat(inForce(approved)).isTrue();
    assertThat(inForce(ofAnother)).isTrue();
    assertThat(inForce(alone)).isFalse();
    assertThat(inForce(waiting)).isFalse();
  }

  private boolean inForce(Raise raise) {
    return database
        .statement(connection -> new RaiseRepository().lock(connection, raise.id()))
        .orElseThrow()
        .notAfter()
        .isAfter(clock.instant());
  }

  @Test
  void aRaiseCountsUntilADayAfterItsEnd() {
    raise("olivia", ALICE, 2_000, Duration.ofDays(2));
    clock.advance(Duration.ofDays(3).minusSeconds(1));
    assertThat(waits("olivia", ALICE, 1_001, AN_HOUR)).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(waits("olivia", ALICE, 2_000, AN_HOUR)).isFalse();
  }

  @Test
  void twoOfficersAtOnceDoNotPassIt() throws Exception {
    BudgetDesk elsewhere = desk();
    List<Callable<Boolean>> raises = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      raises.add(() -> waits(here, "olivia", ALICE, 1_500, AN_HOUR));
      raises.add(() -> waits(elsewhere, "otto", ALICE, 1_500, AN_HOUR));
    }
    List<Boolean> waiting = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(raises.size())) {
      for (Future<Boolean> each : threads.invokeAll(raises)) {
        waiting.add(each.get());
      }
    }
    assertThat(waiting).filteredOn(waits -> !waits).hasSize(2);
  }

  private boolean waits(String officer, Account account, long records, Duration length) {
    return waits(here, officer, account, records, length);
  }

  private boolean waits(
      BudgetDesk desk, String officer, Account account, long records, Duration length) {
    return raise(desk, officer, account, records, length).approvedBy().isEmpty();
  }

  private Raise raise(String officer, Account account, long records, Duration length) {
    return raise(here, officer, account, records, length);
  }

  private Raise raise(
      BudgetDesk desk, String officer, Account account, long records, Duration length) {
    return desk.raise(
        officer,
        account,
        new Limits(1_000, 1_000, records),
        clock.instant().plus(length),
        "a test");
  }

  private BudgetDesk desk() {
    return new BudgetDesk(
        new BudgetRepository(),
        new RaiseRepository(),
        BudgetFixture.budgets("person", A_THOUSAND, "contact"),
        database,
        new BudgetDesk.Rules(
            BudgetFixture.config("person", A_THOUSAND, "contact"),
            FreezeFixture.standing(database),
            clock));
  }
}
