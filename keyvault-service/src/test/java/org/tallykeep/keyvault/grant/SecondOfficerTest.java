package org.tallykeep.keyvault.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallykeep.keyvault.grant.JobGrant.State.ACTIVE;
import static org.tallykeep.keyvault.grant.JobGrant.State.PENDING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.budget.BudgetFixture;
import org.tallykeep.keyvault.event.EventFixture;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.freeze.FreezeFixture;
import org.tallykeep.keyvault.platform.Database;

/** What waits for a second officer, however it is split. */
class SecondOfficerTest {

  private static final Caller.Person ALICE = person("alice", "data-steward");
  private static final Caller.Person BOB = person("bob", "data-steward");
  private static final Caller.Person PAULA = person("paula", "privacy-officer");

  private final Database database = TestDatabase.migrated();
  private final MovableClock clock = new MovableClock();
  private final JobGrants here = replica();

  @Test
  void theSumOfADayDecidesToTheRecord() {
    assertThat(submit(ALICE, 6_000).state()).isEqualTo(ACTIVE);
    assertThat(submit(ALICE, 4_001).state()).isEqualTo(PENDING);
    assertThat(submit(ALICE, 4_000).state()).isEqualTo(ACTIVE);
    assertThat(submit(ALICE, 1).state()).isEqualTo(PENDING);
    assertThat(submit(BOB, 10_000).state()).isEqualTo(ACTIVE);
  }

  @Test
  void whatWasCancelledOrEndedUnusedStillCountsAndWhatWasApprovedDoesNot() {
    JobGrant large = submit(ALICE, 20_000);
    here.approve(large.id(), "olivia");
    here.cancel(submit(ALICE, 9_999).id());
    clock.advance(Duration.ofHours(2));
    assertThat(submit(ALICE, 2).state()).isEqualTo(PENDING);
    assertThat(submit(ALICE, 1).state()).isEqualTo(ACTIVE);
  }

  @Test
  void aDayLaterItCountsNoMore() {
    submit(ALICE, 9_000);
    clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(submit(ALICE, 1_001).state()).isEqualTo(PENDING);
    clock.advance(Duration.ofSeconds(1));
    assertThat(submit(ALICE, 1_001).state()).isEqualTo(ACTIVE);
  }

  @Test
  void aPrivacyOfficersCustomersOfADayAreCounted() {
    for (int customer = 0; customer < 3; customer++) {
      assertThat(submit(PAULA, 100).state()).isEqualTo(ACTIVE);
    }
    assertThat(submit(PAULA, 1).state()).isEqualTo(PENDING);
    clock.advance(Duration.ofHours(24));
    assertThat(submit(PAULA, 100).state()).isEqualTo(ACTIVE);
  }

  @Test
  void manyAtOnceOnTwoReplicasDoNotPassIt() throws Exception {
    List<JobGrants> replicas = List.of(here, replica());
    List<Callable<JobGrant>> submissions = new ArrayList<>();
    for (JobGrants replica : replicas) {
      submissions.addAll(Collections.nCopies(8, () -> replica.submit(ALICE, wanted(2_500))));
    }
    List<JobGrant.State> states = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(submissions.size())) {
      for (Future<JobGrant> each : threads.invokeAll(submissions)) {
        states.add(each.get().state());
      }
    }
    assertThat(states).filteredOn(ACTIVE::equals).hasSize(4);
  }

  @Test
  void aRecordCountsForEachPurposeItIsOpenedFor() {
    assertThat(here.submit(ALICE, forTwoPurposes(5_001)).state()).isEqualTo(PENDING);
    assertThat(here.submit(ALICE, forTwoPurposes(4_000)).state()).isEqualTo(ACTIVE);
    assertThat(submit(ALICE, 2_001).state()).isEqualTo(PENDING);
    assertThat(submit(ALICE, 2_000).state()).isEqualTo(ACTIVE);
  }

  private JobGrant submit(Caller.Person person, long records) {
    return here.submit(person, wanted(records));
  }

  private JobGrants.Submission wanted(long records) {
    return wanted(records, Purpose.CONTACT);
  }

  private JobGrants.Submission forTwoPurposes(long records) {
    return wanted(records, Purpose.CONTACT, Purpose.IDENTITY);
  }

  private JobGrants.Submission wanted(long records, Purpose... purposes) {
    return new JobGrants.Submission(
        "a job",
        Set.of(purposes),
        records,
        clock.instant().plus(Duration.ofHours(1)),
        DecoyRule.REFUSE);
  }

  private JobGrants replica() {
    return new JobGrants(
        new GrantRepository(),
        BudgetFixture.ample("jobs", "contact", "identity"),
        FreezeFixture.freezes(database, EventFixture.pulse(database)),
        database,
        new JobGrants.Rules(new Config(10_000, Duration.ofHours(24), 100, 3), clock));
  }

  private static Caller.Person person(String name, String role) {
    return new Caller.Person(name, "customer-service", Set.of(role));
  }

  private record Config(
      long secondOfficerAbove, Duration longest, long forOneCustomer, int forOneCustomerADay)
      implements GrantConfig {}
}
