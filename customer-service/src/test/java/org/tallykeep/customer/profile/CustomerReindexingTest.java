package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.index.IndexVersions;
import org.tallykeep.customer.index.Reindexed;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.TestDatabase;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.LinksFixture;
import org.tallykeep.customer.rekey.RowDeadlinesFixture;

/** The contact tags of customers while the index key is turned over. */
class CustomerReindexingTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final Transactions transactions = database.transactions();
  private final LocalKeys keys = new LocalKeys();
  private final Set<UUID> destroyed = new HashSet<>();
  private final IndexVersions index = IndexFixture.versions(transactions, keys);
  private final ContactTags tags = new ContactTags(transactions, keys, index);
  private final ProfileUpdater updater = new ProfileUpdater(transactions, keys, tags, index);
  private final ProfileCreator creator =
      new ProfileCreator(
          keys,
          new LinksFixture(transactions, keys, index).signUps,
          tags,
          index,
          RowDeadlinesFixture.unlimited());

  @Test
  void everyoneIsFoundUnderTheNewerKeyAlone() {
    Map<Integer, UUID> customers = create(3);

    rotate();

    assertThat(keys.indexVersions().isLive(1)).isFalse();
    assertAllFound(customers);
  }

  @Test
  void nobodyLosesATagThoughTheOlderKeyIsNotTheOneTheyWereMadeWith() throws Exception {
    Map<Integer, UUID> customers = create(3);
    database.execute("UPDATE customer_email SET tag_a = substr(sha256(tag_a), 1, length(tag_a))");
    database.execute("UPDATE customer_phone SET tag_a = substr(sha256(tag_a), 1, length(tag_a))");

    rotate();

    assertThat(keys.indexVersions().isLive(1)).isFalse();
    assertAllFound(customers);
  }

  @Test
  void aTagOfNoValueThatIsThereGoes() throws Exception {
    Map<Integer, UUID> customers = create(3);
    database.execute(
        """
        INSERT INTO customer_email (tag_a, version_a, customer_id)
        SELECT substr(sha256(tag_a), 1, length(tag_a)), version_a, customer_id FROM customer_email
        """);

    rotate();

    assertAllFound(customers);
  }

  @Test
  void eightWhoShareAValueKeepIt() throws Exception {
    Profile shared = profile(0);
    for (int i = 0; i < ContactTags.OCCURRENCES; i++) {
      creator.create(Map.of(i, shared));
    }
    database.execute(
        """
        INSERT INTO customer_email (tag_a, version_a, customer_id)
        SELECT substr(sha256(tag_a), 1, length(tag_a)), version_a, customer_id FROM customer_email
        LIMIT 3
        """);

    rotate();

    assertThat(tags.find(ContactField.EMAIL, email(0, "first"))).hasSize(ContactTags.OCCURRENCES);
    assertThat(tags.find(ContactField.EMAIL, email(0, "second"))).hasSize(ContactTags.OCCURRENCES);
  }

  @Test
  void whoChangesMeanwhileIsFoundByWhatTheyHaveNow() throws Exception {
    Map<Integer, UUID> customers = create(1);
    database.execute("UPDATE customer_email SET tag_a = substr(sha256(tag_a), 1, length(tag_a))");
    // Between reading the values and writing their tags.
    keys.beforeTags(() -> updater.update(Map.of(customers.get(0), profile(7))));

    rotate();

    assertAllFound(Map.of(7, customers.get(0)));
    assertThat(tags.find(ContactField.EMAIL, email(0, "first"))).isEmpty();
  }

  @Test
  void theTagsOfTheErasedGo() {
    Map<Integer, UUID> customers = create(3);
    UUID erased = customers.remove(1);
    UUID key =
        transactions.call(c -> CustomerRepository.find(c, Set.of(erased))).getFirst().key().id();
    keys.destroy(key);
    destroyed.add(key);

    rotate();

    assertAllFound(customers);
  }

  private void rotate() {
    keys.indexVersions().make(2);
    CustomerReindexing reindexing =
        new CustomerReindexing(
            transactions,
            keys,
            new OpenedCustomers(transactions, keys, DestroyedKeysFixture.of(destroyed)),
            tags);
    List<Reindexed> contacts =
        List.of(
            CustomerReindexing.emails(transactions, reindexing),
            CustomerReindexing.phones(transactions, reindexing));
    IndexFixture.rotation(transactions, index, contacts, keys.indexVersions(), 2).run();
  }

  /** Each of them by all their values, and there is nothing else. */
  private void assertAllFound(Map<Integer, UUID> customers) {
    customers.forEach(
        (number, id) -> {
          assertThat(tags.find(ContactField.EMAIL, email(number, "first"))).containsExactly(id);
          assertThat(tags.find(ContactField.EMAIL, email(number, "second"))).containsExactly(id);
          assertThat(tags.find(ContactField.PHONE, phone(number))).containsExactly(id);
        });
    assertThat(database.number("SELECT count(*) FROM customer_email"))
        .isEqualTo(2L * customers.size());
    assertThat(database.number("SELECT count(*) FROM customer_phone")).isEqualTo(customers.size());
  }

  private Map<Integer, UUID> create(int count) {
    return creator.create(
        IntStream.range(0, count)
            .boxed()
            .collect(Collectors.toMap(i -> i, CustomerReindexingTest::profile)));
  }

  private static Profile profile(int number) {
    return new Profile(
        null,
        new Profile.Name("Ada", null),
        null,
        List.of(email(number, "first"), email(number, "second")),
        List.of(phone(number)),
        List.of(),
        null);
  }

  private static String email(int number, String which) {
    return which + number + "@example.org";
  }

  private static String phone(int number) {
    return "+4930123456" + number;
  }
}
