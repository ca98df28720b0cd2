package org.tallykeep.keyvault.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.freeze.Freeze;
import org.tallykeep.keyvault.freeze.FreezeFixture;
import org.tallykeep.keyvault.freeze.Freezes;
import org.tallykeep.keyvault.freeze.Frozen;
import org.tallykeep.keyvault.freeze.Principal;
import org.tallykeep.keyvault.freeze.Wish;
import org.tallykeep.keyvault.platform.Database;

class BudgetsTest {

  private static final Account ALICE = new Account("customer-service", "person:alice", "contact");
  private static final Account BOB = new Account("customer-service", "person:bob", "contact");
  private static final Account LINKS = new Account("customer-service", "service", "link");
  private static final Wish WISH =
      new Wish("customer-service", Optional.of("alice"), "contact", false);
  private static final Limits A_THOUSAND = new Limits(1_000, 1_000, 1_000);

  private final Database database = TestDatabase.migrated();
  private final Budgets ofPersons = BudgetFixture.budgets("person", A_THOUSAND, "contact");
  private final Budgets ofServices = BudgetFixture.budgets("service", A_THOUSAND, "link");

  @Test
  void threeReplicasTogetherNeverGiveAPersonOneRecordMore() throws Exception {
    List<PersonalBudgets> replicas =
        List.of(
            BudgetFixture.persons(database, ofPersons),
            BudgetFixture.persons(database, ofPersons),
            BudgetFixture.persons(database, ofPersons));
    List<Callable<Integer>> requests = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      PersonalBudgets replica = replicas.get(i % 3);
      requests.add(() -> given(17, () -> replica.charge(ALICE, WISH, 17)));
    }
    // 58 times 17 is 986: the next one would be too much.
    assertThat(sum(requests)).isEqualTo(58 * 17);
    given(14, () -> replicas.getFirst().charge(ALICE, WISH, 14));
    assertThatThrownBy(() -> replicas.get(1).charge(ALICE, WISH, 1)).isInstanceOf(OverBudget.class);
  }

  @Test
  void threeReplicasTogetherNeverGiveAServiceOneRecordMore() throws Exception {
    List<ReservedBlocks> replicas =
        List.of(
            BudgetFixture.services(database, ofServices),
            BudgetFixture.services(database, ofServices),
            BudgetFixture.services(database, ofServices));
    List<Callable<Integer>> requests = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      ReservedBlocks replica = replicas.get(i % 3);
      requests.add(() -> given(3, () -> replica.take(LINKS, WISH, 3)));
    }
    int given = sum(requests);
    assertThat(given).isLessThanOrEqualTo(1_000);
    // What is left of blocks counts as spent: a block is at most a hundredth.
    assertThat(given).isGreaterThan(800);
    assertThat(spent(LINKS, Window.DAY)).isBetween((long) given, 1_000L);
  }

  @Test
  void aBatchIsChargedWholeOrNotAtAll() {
    PersonalBudgets persons = BudgetFixture.persons(database, ofPersons);
    persons.charge(ALICE, WISH, 999);
    assertThatThrownBy(() -> persons.charge(ALICE, WISH, 2))
        .isInstanceOfSatisfying(
            OverBudget.class,
            e -> {
              assertThat(e.kind().status()).isEqualTo(429);
              assertThat(e.retryAfter()).isBetween(Duration.ZERO, Duration.ofHours(25));
              assertThat(e.extras()).containsEntry("window", "day");
            });
    assertThat(spent(ALICE, Window.MINUTE)).isEqualTo(999);
    persons.charge(ALICE, WISH, 1);
  }

  @Test
  void requestsThatWaitedTogetherAreEachChargedByThemselves() throws Exception {
    PersonalBudgets persons = BudgetFixture.persons(database, ofPersons);
    persons.charge(ALICE, WISH, 100);
    List<Callable<Integer>> requests = new ArrayList<>();
    for (int records : List.of(400, 50, 400, 50, 400)) {
      requests.add(() -> given(records, () -> persons.charge(ALICE, WISH, records)));
    }

    // Whatever their order, one of the large ones is too much and both small ones fit.
    assertThat(sum(requests)).isEqualTo(900);
    assertThat(spent(ALICE, Window.MINUTE)).isEqualTo(1_000);
  }

  @Test
  void accountsDoNotTouchEachOther() {
    PersonalBudgets persons = BudgetFixture.persons(database, ofPersons);
    persons.charge(ALICE, WISH, 1_000);
    persons.charge(BOB, WISH, 1_000);
    assertThat(spent(BOB, Window.HOUR)).isEqualTo(1_000);
  }

  @Test
  void whatIsNotConfiguredGetsNothing() {
    PersonalBudgets persons = BudgetFixture.persons(database, ofPersons);
    Account other = new Account("customer-service", "person:alice", "identity");
    assertThatThrownBy(() -> persons.charge(other, WISH, 1)).isInstanceOf(OverBudget.class);
    ReservedBlocks services = BudgetFixture.services(database, ofPersons);
    assertThatThrownBy(() -> services.take(LINKS, WISH, 1)).isInstanceOf(OverBudget.class);
  }

  @Test
  void aServiceThatAsksForLittleReservesLittle() {
    ReservedBlocks services = BudgetFixture.services(database, ofServices);
    services.take(LINKS, WISH, 1);
    assertThat(spent(LINKS, Window.DAY)).isEqualTo(1);
  }

  @Test
  void aRequestLargerThanAHundredthIsChargedAsItIs() {
    ReservedBlocks services = BudgetFixture.services(database, ofServices);
    services.take(LINKS, WISH, 700);
    assertThat(spent(LINKS, Window.DAY)).isEqualTo(700);
    services.take(LINKS, WISH, 300);
    assertThatThrownBy(() -> services.take(LINKS, WISH, 1)).isInstanceOf(OverBudget.class);
  }

  @Test
  void aBlockThatDoesNotFitIsMadeSmaller() {
    ReservedBlocks services = BudgetFixture.services(database, ofServices);
    for (int i = 0; i < 1_000; i++) {
      services.take(LINKS, WISH, 1);
      if (spent(LINKS, Window.DAY) >= 999) {
        break;
      }
    }
    assertThat(spent(LINKS, Window.DAY)).isBetween(999L, 1_000L);
  }

  @Test
  void whoeverIsFrozenIsChargedNothingAndGetsNothing() {
    Freezes freezes = BudgetFixture.freezes(database);
    ReservedBlocks services = BudgetFixture.services(database, ofServices, freezes);
    for (int i = 0; i < 5; i++) {
      // What is left of a block is at hand without asking the database.
      services.take(LINKS, WISH, 1);
    }
    FreezeFixture.freeze(
        database, freezes, new Principal.Person("alice"), Set.of(Freeze.EVERYTHING));

    long before = spent(LINKS, Window.DAY);
    assertThatThrownBy(() -> services.take(LINKS, WISH, 1)).isInstanceOf(Frozen.class);
    assertThat(spent(LINKS, Window.DAY)).isEqualTo(before);
    PersonalBudgets persons = BudgetFixture.persons(database, ofPersons);
    assertThatThrownBy(() -> persons.charge(ALICE, WISH, 1)).isInstanceOf(Frozen.class);
    assertThat(spent(ALICE, Window.DAY)).isZero();
  }

  @Test
  void anOfficerRaisesABudgetForAWhile() {
    PersonalBudgets persons = BudgetFixture.persons(database, ofPersons);
    persons.charge(ALICE, WISH, 1_000);
    BudgetDesk desk = desk();
    desk.raise(
        "olivia", ALICE, new Limits(1_500, 1_500, 1_500), Instant.now().plusSeconds(60), "recall");
    persons.charge(ALICE, WISH, 500);
    assertThatThrownBy(() -> persons.charge(ALICE, WISH, 1)).isInstanceOf(OverBudget.class);
    assertThatThrownBy(() -> persons.charge(BOB, WISH, 1_001)).isInstanceOf(OverBudget.class);
  }

  @Test
  void aLargeRaiseWaitsForASecondOfficer() {
    PersonalBudgets persons = BudgetFixture.persons(database, ofPersons);
    BudgetDesk desk = desk();
    Raise raise =
        desk.raise(
            "olivia", ALICE, new Limits(9_000, 9_000, 9_000), Instant.now().plusSeconds(60), "?");
    assertThat(raise.approvedBy()).isEmpty();
    assertThatThrownBy(() -> persons.charge(ALICE, WISH, 1_001)).isInstanceOf(OverBudget.class);
    assertThatThrownBy(() -> desk.approve(raise.id(), "olivia"))
        .isInstanceOf(RaiseRefused.class)
        .hasMessageContaining("second-officer-needed");
    FreezeFixture.freeze(
        database,
        BudgetFixture.freezes(database),
        new Principal.Person("frozen-officer"),
        Set.of(Freeze.EVERYTHING));
    assertThatThrownBy(() -> desk.approve(raise.id(), "frozen-officer")).isInstanceOf(Frozen.class);
    assertThat(desk.approve(raise.id(), "otto").approvedBy()).contains("otto");
    persons.charge(ALICE, WISH, 1_001);
    assertThatThrownBy(() -> desk.approve(raise.id(), "otto")).isInstanceOf(RaiseRefused.class);
  }

  @Test
  void aRaiseEnds() {
    BudgetDesk desk = desk();
    for (Instant end : List.of(Instant.now().minusSeconds(1), Instant.now().plusSeconds(900_000))) {
      assertThatThrownBy(() -> desk.raise("olivia", ALICE, A_THOUSAND, end, "?"))
          .isInstanceOf(RaiseRefused.class);
    }
    Account nobody = new Account("analytics-service", "person:alice", "identity");
    assertThatThrownBy(
            () -> desk.raise("olivia", nobody, A_THOUSAND, Instant.now().plusSeconds(60), "?"))
        .isInstanceOf(RaiseRefused.class);
  }

  @Test
  void theStatementSaysWhatWasSpentAndWhatMayBe() {
    BudgetFixture.persons(database, ofPersons).charge(ALICE, WISH, 12);
    assertThat(desk().statements(Optional.of("customer-service"), Optional.of("person:alice")))
        .containsExactly(
            new BudgetStatement(
                ALICE, A_THOUSAND, Map.of(Window.MINUTE, 12L, Window.HOUR, 12L, Window.DAY, 12L)));
    assertThat(desk().statements(Optional.of("analytics-service"), Optional.empty())).isEmpty();
  }

  private BudgetDesk desk() {
    return new BudgetDesk(
        new BudgetRepository(),
        new RaiseRepository(),
        ofPersons,
        database,
        new BudgetDesk.Rules(
            BudgetFixture.config("person", A_THOUSAND, "contact"),
            FreezeFixture.standing(database),
            java.time.Clock.systemUTC()));
  }

  private long spent(Account account, Window window) {
    return database
        .transaction(connection -> new BudgetRepository().lock(connection, account))
        .spending()
        .spent(window, Instant.now());
  }

  private static int given(int records, Runnable request) {
    try {
      request.run();
      return records;
    } catch (OverBudget e) {
      return 0;
    }
  }

  private static int sum(List<Callable<Integer>> requests) throws Exception {
    int sum = 0;
    try (var threads = Executors.newFixedThreadPool(9)) {
      for (Future<Integer> each : threads.invokeAll(requests)) {
        sum += each.get();
      }
    }
    return sum;
  }
}
