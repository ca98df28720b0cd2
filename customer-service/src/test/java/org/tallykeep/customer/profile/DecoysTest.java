package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.TestDatabase;
import org.tallykeep.customer.rekey.RowDeadlinesFixture;
import org.tallykeep.envelope.KeyRef;

/** Customers who do not exist, among those who do. */
class DecoysTest {

  private static final int PEOPLE = 40;

  private final TestDatabase database = TestDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final ProfilesFixture profiles = new ProfilesFixture(database.transactions(), keys);
  private final ProfileCreator creator = profiles.creator(RowDeadlinesFixture.unlimited(), 1);

  @BeforeEach
  void declareAttributes() {
    profiles.declare("clubNo", AttributeType.TEXT, Protection.IDENTITY, true);
    profiles.declare("store", AttributeType.TEXT, Protection.OPEN, false);
  }

  @Test
  void withEachBatchSomeAreMadeOfWhomNobodyIsTold() {
    Map<Integer, UUID> told = creator.create(people(0, PEOPLE));

    assertThat(told).hasSize(PEOPLE);
    assertThat(database.number("SELECT count(*) FROM customer")).isEqualTo(2 * PEOPLE);
    assertThat(keys.decoys).hasSize(PEOPLE);
    assertThat(decoys()).doesNotContainAnyElementsOf(told.values());
  }

  @Test
  void nothingInAnyRowTellsThem() {
    Map<Integer, UUID> told = creator.create(people(0, PEOPLE));

    assertThat(shapes(decoys())).isEqualTo(shapes(told.values()));
    // Anywhere among the others: neither before nor behind them all.
    List<UUID> stored = ids("SELECT id FROM customer ORDER BY ctid");
    List<Integer> places = decoys().stream().map(stored::indexOf).sorted().toList();
    assertThat(places.getLast() - places.getFirst()).isGreaterThan(PEOPLE);
    assertThat(new TreeSet<>(places)).hasSize(PEOPLE);
    assertThat(database.number("SELECT count(DISTINCT xmin::text) FROM customer")).isOne();
  }

  @Test
  void theirMasksAreMadeOfWhatOthersShow() {
    Map<Integer, UUID> told = creator.create(people(0, PEOPLE));

    Map<UUID, CustomerView> real = profiles.reader.masked(told.values());
    Map<UUID, CustomerView> decoys = profiles.reader.masked(decoys());

    assertThat(decoys).hasSize(PEOPLE);
    assertThat(decoys.values())
        .allSatisfy(
            view -> {
              assertThat(real.values()).extracting(CustomerView::name).contains(view.name());
              assertThat(real.values())
                  .extracting(CustomerView::addresses)
                  .contains(view.addresses());
              assertThat(real.values())
                  .extracting(CustomerView::attributes)
                  .contains(view.attributes());
              assertThat(view.emails())
                  .allMatch(email -> email.matches("[a-z]•••@mail\\d\\.example\\.org"));
              assertThat(view.phones()).allMatch(phone -> phone.matches("•••\\d\\d"));
              assertThat(view.birthYear()).isBetween(1958, 2000);
              assertThat(view.locale()).isEqualTo("en-US");
            });
  }

  @Test
  void nobodyIsFoundOrReachedByTheirsAndNobodysNameIsWhole() {
    Map<Integer, Profile> people = people(0, PEOPLE);
    creator.create(people);

    Collection<Profile> real = people.values();
    List<Profile> decoys = decoys().stream().map(this::opened).toList();

    assertThat(decoys).hasSize(PEOPLE);
    assertThat(all(decoys)).doesNotContainAnyElementsOf(all(real)).doesNotHaveDuplicates();
    assertThat(decoys)
        .extracting(Profile::name)
        .doesNotContainAnyElementsOf(real.stream().map(Profile::name).toList());
    assertThat(decoys)
        .flatExtracting(Profile::addresses)
        .doesNotContainAnyElementsOf(
            real.stream().flatMap(one -> one.addresses().stream()).toList());
    assertThat(decoys)
        .allMatch(one -> one.attributes().all().getOrDefault("clubNo", "").length() >= 12);
  }

  @Test
  void eachHasAPurchaserOfItsOwnWhomNobodyElseGets() {
    Map<Integer, UUID> told = creator.create(people(0, PEOPLE));
    Map<Integer, UUID> later = creator.create(people(PEOPLE, PEOPLE));

    List<UUID> everybody =
        Stream.of(told.values(), later.values(), decoys()).flatMap(Collection::stream).toList();
    Map<UUID, UUID> purchasers = profiles.links.links.purchasersOf(everybody);

    assertThat(purchasers).hasSize(4 * PEOPLE);
    assertThat(new HashSet<>(purchasers.values())).hasSize(4 * PEOPLE);
  }

  @Test
  void anImportOfAllThatIsKnownNeverMeetsOne() {
    Map<Integer, Profile> people = people(0, PEOPLE);
    profiles.writer.write(List.copyOf(people.values()), ProfilesFixture.IMPORT);
    creator.create(people(PEOPLE, PEOPLE));
    Set<UUID> decoys = decoys();

    List<Profile> again = List.copyOf(people(0, 2 * PEOPLE).values());
    List<Outcome> outcomes = profiles.writer.write(again, ProfilesFixture.IMPORT);

    assertThat(outcomes).hasSize(2 * PEOPLE).allMatch(Outcome.Unchanged.class::isInstance);
    assertThat(decoys).isNotEmpty();
    assertThat(outcomes.stream().map(outcome -> ((Outcome.Unchanged) outcome).id()).toList())
        .doesNotContainAnyElementsOf(decoys);
  }

  @Test
  void whoComesAloneIsNotFollowedAtOnce() {
    for (int i = 0; i < 5; i++) {
      creator.create(people(i, 1));
    }
    assertThat(keys.decoys).isEmpty();

    creator.create(people(5, 20));

    assertThat(keys.decoys).hasSize(20);
  }

  private Set<UUID> decoys() {
    return database
        .transactions()
        .call(c -> new HashSet<>(CustomerRepository.keysOfThoseUnder(c, keys.decoys).keySet()));
  }

  /** What can be seen of customers in all tables. */
  private Set<String> shapes(Collection<UUID> customers) {
    List<String> shapes =
        database
            .transactions()
            .call(
                c ->
                    Sql.query(
                        c,
                        """
                        SELECT concat_ws(' ', revision, key_version, length(identity),
                          length(contact), length(mask),
                          (SELECT count(*) || '/' || sum(length(link)) || '/' || sum(revision)
                             FROM customer_link WHERE customer_id = id),
                          (SELECT count(*) FROM customer_to_mix WHERE customer_id = id),
                          (SELECT count(*) FROM customer_external_id WHERE customer_id = id),
                          (SELECT count(*) FROM customer_email WHERE customer_id = id),
                          (SELECT count(*) FROM customer_phone WHERE customer_id = id),
                          (SELECT count(*) FROM customer_attribute WHERE customer_id = id))
                        FROM customer WHERE id = ANY (?)
                        """,
                        row -> row.getString(1),
                        (Object) Sql.ids(customers)));
    return Set.copyOf(shapes);
  }

  private List<UUID> ids(String sql) {
    return database.texts(sql).stream().map(UUID::fromString).toList();
  }

  /** As the key service would let nobody see it. */
  private Profile opened(UUID customer) {
    CustomerRow row = profiles.reader.find(customer).orElseThrow();
    KeyRef ref = row.key();
    try (OpenKeys open = OpenKeys.underGrant(keys, UUID.randomUUID(), ref).orElseThrow()) {
      return ProfileSealer.profile(row, open);
    }
  }

  private static List<String> all(Collection<Profile> some) {
    return some.stream()
        .flatMap(
            one ->
                Stream.of(
                        one.externalIds(),
                        one.emails(),
                        one.phones(),
                        List.of(one.attributes().all().getOrDefault("clubNo", "")))
                    .flatMap(Collection::stream))
        .toList();
  }

  private static Map<Integer, Profile> people(int from, int count) {
    Map<Integer, Profile> people = new LinkedHashMap<>();
    IntStream.range(from, from + count).forEach(i -> people.put(i, person(i)));
    return people;
  }

  /** Names of one person each, of lengths that are padded alike. */
  private static Profile person(int i) {
    return new Profile(
        List.of("C-%06d".formatted(i)),
        true,
        new Profile.Name("A%03d".formatted(i), "S%03d".formatted(i)),
        LocalDate.of(1960 + i % 40, 1 + i % 12, 1 + i % 28),
        List.of("a%011d@mail%d.example.org".formatted(i, i % 3)),
        List.of("+1202555%04d".formatted(i)),
        List.of(
            new Profile.Address(
                "%d Street %03d".formatted(100 + i, i), "20001", "Town", null, "US")),
        "en-US",
        AttributeValues.of(
            new TreeMap<>(Map.of("clubNo", "club-%07d".formatted(i))),
            new TreeMap<>(),
            new TreeMap<>(Map.of("store", "Store " + i % 5))));
  }
}
