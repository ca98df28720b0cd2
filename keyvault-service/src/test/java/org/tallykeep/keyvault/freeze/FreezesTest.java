package org.tallykeep.keyvault.freeze;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.event.EventFixture;
import org.tallykeep.keyvault.event.Pulse;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;

class FreezesTest {

  private static final Wish ALICE = wish("customer-service", "alice", "contact", false);
  private static final Wish BOB = wish("customer-service", "bob", "contact", false);

  private final Database database = TestDatabase.migrated();
  private final Pulse pulse = EventFixture.pulse(database);
  private final Freezes here = FreezeFixture.freezes(database, pulse);
  private final Pulse pulseElsewhere = EventFixture.pulse(database);
  private final Freezes elsewhere = FreezeFixture.freezes(database, pulseElsewhere);

  @Test
  void aFrozenPersonIsFrozenThroughEveryServiceAndNobodyElseIs() {
    freeze(new Principal.Person("alice"), Set.of(Freeze.EVERYTHING));
    frozen(here, ALICE);
    frozen(here, wish("another-service", "alice", "identity", true));
    free(here, BOB);
    free(here, wish("customer-service", null, "link", false));
  }

  @Test
  void aCredentialIsFrozenForWhatIsNamedOnly() {
    freeze(new Principal.Credential("customer-service"), Set.of(Freeze.GRANTS, "link"));
    frozen(here, wish("customer-service", null, "link", false));
    frozen(here, wish("customer-service", null, "identity", true));
    free(here, wish("customer-service", null, "ledger", false));
    free(here, wish("analytics-service", null, "link", false));
    free(here, BOB);
  }

  @Test
  void everyoneIsFrozenForWhatIsNamedAndOfficersAreNot() {
    freeze(new Principal.Everyone(), Set.of("contact", "create"));
    frozen(here, ALICE);
    frozen(here, BOB);
    frozen(here, wish("customer-service", null, "create-subject", false));
    free(here, wish("customer-service", null, "link", false));
    free(here, wish("console", "carol", "close-incident", false));

    freeze(new Principal.Everyone(), Set.of(Freeze.EVERYTHING));
    frozen(here, wish("customer-service", null, "link", false));
    free(here, wish("console", "carol", "close-incident", false));
  }

  @Test
  void anotherReplicaHearsOfItAtItsNextPulse() {
    EventFixture.beat(pulseElsewhere);
    free(elsewhere, ALICE);
    freeze(new Principal.Person("alice"), Set.of(Freeze.EVERYTHING));
    free(elsewhere, ALICE);
    EventFixture.beat(pulseElsewhere);
    frozen(elsewhere, ALICE);
  }

  @Test
  void inTheTransactionThatChargesItIsKnownAtOnce() {
    EventFixture.beat(pulseElsewhere);
    freeze(new Principal.Person("alice"), Set.of(Freeze.EVERYTHING));
    assertThatThrownBy(() -> database.run(connection -> elsewhere.require(connection, ALICE)))
        .isInstanceOf(Frozen.class);
  }

  @Test
  void aReplicaThatStartsLaterKnowsEarlierFreezes() {
    freeze(new Principal.Person("alice"), Set.of(Freeze.EVERYTHING));
    Pulse late = EventFixture.pulse(database);
    EventFixture.beat(late);
    // Made after its pulse began, and before it was told anything.
    Freezes later = FreezeFixture.freezes(database, late);
    frozen(later, ALICE);
    EventFixture.beat(late);
    frozen(later, ALICE);
    free(later, BOB);
  }

  @Test
  void whoeverHearsNothingAsksTheDatabase() {
    freeze(new Principal.Person("alice"), Set.of(Freeze.EVERYTHING));
    frozen(elsewhere, ALICE);
    free(elsewhere, BOB);
  }

  @Test
  void whatIsLiftedIsFreeAgain() {
    UUID incident = freeze(new Principal.Person("alice"), Set.of(Freeze.EVERYTHING));
    EventFixture.beat(pulse);
    frozen(here, ALICE);
    database.transaction(c -> here.lift(c, incident, "olivia", Instant.now()));
    EventFixture.beat(pulse);
    free(here, ALICE);
  }

  private UUID freeze(Principal principal, Set<String> purposes) {
    return FreezeFixture.freeze(database, here, principal, purposes);
  }

  private static Wish wish(
      String client,
      @org.jspecify.annotations.Nullable String person,
      String purpose,
      boolean onGrant) {
    return new Wish(client, Optional.ofNullable(person), purpose, onGrant);
  }

  private static void frozen(Freezes freezes, Wish wish) {
    assertThatThrownBy(() -> freezes.require(wish)).isInstanceOf(Frozen.class);
  }

  private static void free(Freezes freezes, Wish wish) {
    assertThatCode(() -> freezes.require(wish)).doesNotThrowAnyException();
  }
}
