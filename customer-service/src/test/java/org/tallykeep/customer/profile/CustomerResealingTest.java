package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.DatabaseException;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.LockWaits;
import org.tallykeep.customer.purchaser.LinksFixture;
import org.tallykeep.customer.rekey.Rekey;
import org.tallykeep.customer.rekey.Resealed;
import org.tallykeep.customer.rekey.RowDeadlinesFixture;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.platform.problem.Unavailable;

/** Customers whose keys are replaced. */
class CustomerResealingTest {

  private final FaultyDatabase database = FaultyDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final ProfilesFixture profiles = new ProfilesFixture(database.transactions(), keys);
  private final LinksFixture links = profiles.links;
  private final ProfileCreator creator = profiles.creator;
  private final ProfileReader reader = profiles.reader;
  private final CustomerResealing resealing = profiles.resealing;

  @Test
  void everythingOfACustomerIsUnderTheNewerVersionAlone() {
    List<UUID> customers = create(5);
    Map<UUID, UUID> purchasers = links.links.purchasersOf(customers);
    customers.forEach(customer -> profiles.consents.say(customer, "profiling", "refused"));
    List<Rekey> replaced = replace(customers);

    assertReadable(customers);
    Resealed.Result result = resealing.reseal(replaced);
    assertThat(result.sealed()).hasSize(5).isEqualTo(ids(replaced));
    assertThat(result.absent()).isEmpty();
    assertReadable(customers);
    putAside(replaced);

    assertReadable(customers);
    assertThat(links.links.purchasersOf(customers)).isEqualTo(purchasers);
    for (UUID customer : customers) {
      assertThat(profiles.consents.current(customer)).containsEntry("profiling", "refused");
    }
    assertThat(
            database.number(
                "SELECT count(*) FROM customer_consent JOIN customer ON id = customer_id"
                    + " WHERE substring(sealed FROM 3 FOR 20) = substring(mask FROM 3 FOR 20)"
                    + " AND customer_consent.revision = 1"))
        .isEqualTo(5);
    assertThat(
            database.number("SELECT count(*) FROM customer WHERE key_version = 2 AND revision = 1"))
        .isEqualTo(5);
  }

  @Test
  void whereverItDiesTheNextTurnGoesOnAndEverybodyIsReadable() {
    List<UUID> customers = create(3);
    List<Rekey> replaced = replace(customers);
    int died = 0;
    boolean done = false;
    for (int step = 0; !done; step++) {
      database.failAt(step);
      try {
        done = resealing.reseal(replaced).sealed().size() == 3;
      } catch (DatabaseException e) {
        died++;
      }
      database.stillToFail();
      assertReadable(customers);
    }
    putAside(replaced);
    assertThat(died).isGreaterThan(8);
    assertReadable(customers);
  }

  @Test
  void aRowThatDoesNotOpenIsLeftAsItIsAndStopsNobodyElse() {
    List<UUID> customers = create(3);
    List<Rekey> replaced = replace(customers);
    database.execute("UPDATE customer SET mask = contact WHERE id = ?", customers.get(1));

    Resealed.Result result = resealing.reseal(replaced);

    assertThat(result.sealed()).hasSize(2);
    assertThat(result.absent()).isEmpty();
    assertThat(database.number("SELECT count(*) FROM customer WHERE key_version = 1")).isOne();
  }

  @Test
  void keysWithoutACustomerAreAbsent() {
    KeyRef unused = keys.createSubjects(1).getFirst().ref();
    keys.replace(unused);
    List<Rekey> replaced = List.of(new Rekey("subject", unused.id(), 1, 2));

    assertThat(resealing.reseal(replaced).absent()).containsExactly(unused.id());
  }

  @Test
  void anUpdateThatReadTheRowBeforeWritesNothingUnderTheOlderVersion() {
    UUID customer = create(1).getFirst();
    List<Rekey> replaced = replace(List.of(customer));
    // While the update has the older keys, the customer is sealed anew and the older version ends.
    keys.beforeTags(
        () -> {
          assertThat(resealing.reseal(replaced).sealed()).hasSize(1);
          putAside(replaced);
        });

    Map<UUID, Outcome> outcomes =
        profiles.updater.update(
            Map.of(customer, new ProfileUpdater.Sent(profile("another"), null, false)),
            ProfilesFixture.IMPORT);

    assertThat(outcomes).containsExactly(Map.entry(customer, new Outcome.Updated(customer)));
    assertReadable(List.of(customer));
    assertThat(database.number("SELECT key_version FROM customer")).isEqualTo(2);
    assertThat(reader.find(new CustomerSearch.ByTag(ContactField.EMAIL, "another@example.org")))
        .containsExactly(customer);
  }

  @Test
  void anUpdateThatIsNotCommittedYetIsSealedAnewAsWell() {
    UUID customer = create(1).getFirst();
    List<Rekey> replaced = replace(List.of(customer));
    CustomerRow next = changed(reader.find(customer).orElseThrow(), profile("another"));
    CompletableFuture<Resealed.Result> resealed =
        database
            .transactions()
            .call(
                c -> {
                  assertThat(CustomerRepository.update(c, next)).isTrue();
                  CompletableFuture<Resealed.Result> begun =
                      CompletableFuture.supplyAsync(() -> resealing.reseal(replaced));
                  await().until(() -> begun.isDone() || LockWaits.any(database.transactions()));
                  assertThat(begun.isDone()).isFalse();
                  return begun;
                });

    assertThat(resealed.join().sealed()).hasSize(1);
    putAside(replaced);

    assertReadable(List.of(customer));
    assertThat(database.number("SELECT revision FROM customer WHERE key_version = 2")).isEqualTo(2);
  }

  private CustomerRow changed(CustomerRow row, Profile profile) {
    List<KeyRef> refs = List.of(row.key());
    try (SealingKey identity =
            keys.personalForImport(Keys.Personal.IDENTITY, refs).getFirst().orElseThrow();
        SealingKey contact =
            keys.personalForImport(Keys.Personal.CONTACT, refs).getFirst().orElseThrow();
        SealingKey mask = keys.masks(refs).getFirst().orElseThrow()) {
      return ProfileSealer.sealNext(row, new OpenKeys(identity, contact, mask), profile);
    }
  }

  @Test
  void whoReadTheRowBeforeTheOlderVersionEndedReadsItAnew() {
    List<UUID> customers = create(2);
    List<Rekey> replaced = replace(customers);
    CustomerRow before = reader.find(customers.getFirst()).orElseThrow();
    resealing.reseal(replaced);
    putAside(replaced);

    assertThat(
            reader.view(
                before,
                Set.of(Keys.Personal.IDENTITY, Keys.Personal.CONTACT),
                new Keys.Asking("token", "why")))
        .isPresent();
  }

  @Test
  void whoseProfileComesTooLateIsNotWritten() {
    ProfileCreator late =
        profiles.creator(RowDeadlinesFixture.whereEveryLookTakes(Duration.ofSeconds(151)));

    assertThatThrownBy(() -> late.create(Map.of(0, profile("late"))))
        .isInstanceOf(Unavailable.class);

    assertThat(database.number("SELECT count(*) FROM customer")).isZero();
    assertThat(database.number("SELECT count(*) FROM customer_email")).isZero();
  }

  private List<UUID> create(int count) {
    Map<Integer, Profile> profiles =
        IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> i, i -> profile("p" + i)));
    return new ArrayList<>(creator.create(profiles).values());
  }

  private static Profile profile(String name) {
    return ProfilesFixture.someone(name, List.of(name + "@example.org"), List.of());
  }

  private List<Rekey> replace(List<UUID> customers) {
    return customers.stream()
        .map(customer -> reader.find(customer).orElseThrow().key())
        .map(keys::replace)
        .map(next -> new Rekey("subject", next.id(), next.version() - 1, next.version()))
        .toList();
  }

  private void putAside(List<Rekey> replaced) {
    replaced.forEach(each -> keys.putAside(new KeyRef(each.id(), each.from())));
  }

  private static Set<UUID> ids(List<Rekey> replaced) {
    return replaced.stream().map(Rekey::id).collect(Collectors.toSet());
  }

  private void assertReadable(List<UUID> customers) {
    assertThat(reader.masked(customers)).containsOnlyKeys(customers);
    assertThat(links.links.purchasersOf(customers)).containsOnlyKeys(customers);
    for (UUID customer : customers) {
      CustomerRow row = reader.find(customer).orElseThrow();
      assertThat(
              reader.view(
                  row,
                  Set.of(Keys.Personal.IDENTITY, Keys.Personal.CONTACT),
                  new Keys.Asking("token", "why")))
          .isPresent();
    }
  }
}
