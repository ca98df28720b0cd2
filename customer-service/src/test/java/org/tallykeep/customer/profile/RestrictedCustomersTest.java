package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.TestDatabase;
import org.tallykeep.customer.rekey.Rekey;
import org.tallykeep.customer.restriction.Restrictions;
import org.tallykeep.customer.restriction.RestrictionsFixture;
import org.tallykeep.envelope.KeyRef;

/** Customers whose data may be stored and nothing else. */
class RestrictedCustomersTest {

  private static final String WHY = "accuracy contested";

  private final TestDatabase database = TestDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final ProfilesFixture profiles = new ProfilesFixture(database.transactions(), keys);
  private final Restrictions restrictions = RestrictionsFixture.of(database.transactions(), keys);
  private final RestrictionsFixture officer =
      new RestrictionsFixture(database.transactions(), keys);

  @Test
  void anImportLeavesThemAsTheyAreAndTakesTheOthers() {
    UUID restricted = create("Ada");
    UUID other = create("Eva");
    officer.restrict(restricted, WHY);

    Map<UUID, Outcome> outcomes = rename(restricted, other);

    assertThat(outcomes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(restricted, Outcome.RESTRICTED, other, new Outcome.Updated(other)));
    assertThat(profiles.reader.find(restricted).orElseThrow().revision()).isEqualTo(1);
    officer.lift(restricted);
    assertThat(rename(restricted, other).get(restricted))
        .isEqualTo(new Outcome.Updated(restricted));
  }

  @Test
  void whatWasDecidedStaysOnRecordSealed() {
    UUID customer = create("Ada");
    assertThat(officer.told(customer)).isEqualTo("false 0");

    officer.restrict(customer, WHY);
    officer.restrict(customer, WHY);
    assertThat(officer.told(customer)).isEqualTo("true 1");
    officer.restrict(customer, "unlawful processing");
    assertThat(officer.told(customer)).isEqualTo("true 2");
    officer.lift(customer);
    officer.lift(customer);

    assertThat(officer.told(customer)).isEqualTo("false 2");
    assertThat(restrictions.among(List.of(customer))).isEmpty();
    assertThat(
            database.number(
                "SELECT count(*) FROM customer_restriction WHERE position('contested' IN encode(sealed, 'escape')) > 0"))
        .isZero();
    assertThat(database.number("SELECT revision FROM customer_restriction")).isEqualTo(3);
  }

  @Test
  void onlyWhoHasARowCostsAKey() {
    UUID customer = create("Ada");
    UUID other = create("Eva");

    officer.restrict(customer, WHY);

    assertThat(restrictions.among(List.of(customer, other))).containsExactly(customer);
    assertThat(database.number("SELECT count(*) FROM customer_restriction")).isOne();
  }

  @Test
  void itIsSealedAnewWithTheOthersAndInForceBeforeDuringAndAfter() {
    UUID customer = create("Ada");
    officer.restrict(customer, WHY);
    KeyRef before = profiles.reader.find(customer).orElseThrow().key();
    KeyRef next = keys.replace(before);
    assertThat(restrictions.isInForce(customer)).isTrue();

    List<Rekey> rekeys = List.of(new Rekey("subject", next.id(), before.version(), next.version()));
    assertThat(profiles.resealing.reseal(rekeys).sealed()).containsExactly(next.id());
    keys.putAside(before);

    assertThat(restrictions.isInForce(customer)).isTrue();
    officer.lift(customer);
    assertThat(officer.told(customer)).isEqualTo("false 1");
  }

  @Test
  void whereItCannotBeToldItIsInForce() {
    UUID customer = create("Ada");
    officer.restrict(customer, WHY);
    officer.lift(customer);

    keys.destroy(profiles.reader.find(customer).orElseThrow().key().id());

    assertThat(restrictions.among(List.of(customer))).containsExactly(customer);
  }

  @Test
  void itGoesWithTheCustomerAndStaysWhenTablesAreRewritten() throws SQLException {
    UUID customer = create("Ada");
    UUID other = create("Eva");
    officer.restrict(customer, WHY);
    officer.restrict(other, WHY);

    database.transactions().run(c -> new CustomerTables().rewrite(c));
    assertThat(restrictions.among(Set.of(customer, other))).containsOnly(customer, other);
    database.execute("DELETE FROM customer WHERE id = '" + customer + "'");

    assertThat(database.texts("SELECT customer_id FROM customer_restriction"))
        .containsExactly(other.toString());
  }

  private UUID create(String given) {
    return profiles.creator.create(Map.of(0, profile(given))).values().iterator().next();
  }

  private Map<UUID, Outcome> rename(UUID... customers) {
    return profiles.updater.update(
        Map.of(customers[0], sent("Ida"), customers[1], sent("Uta")), ProfilesFixture.IMPORT);
  }

  private static ProfileUpdater.Sent sent(String given) {
    return new ProfileUpdater.Sent(profile(given), null, false);
  }

  private static Profile profile(String given) {
    return ProfilesFixture.someone(given, List.of(given + "@example.org"), List.of());
  }
}
