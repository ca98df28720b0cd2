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
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.TestDatabase;
import org.tallykeep.customer.platform.Transactions;

/** The contact tags of customers while the index key is turned over. */
class CustomerReindexingTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final Transactions transactions = database.transactions();
  private final LocalKeys keys = new LocalKeys();
  private final Set<UUID> destroyed = new HashSet<>();
  private final ProfilesFixture profiles = new ProfilesFixture(transactions, keys);
  private final CustomerTags tags = profiles.tags;
  private final ProfileCreator creator = profiles.creator;

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
    for (int i = 0; i < CustomerTags.OCCURRENCES; i++) {
      creator.create(Map.of(i, shared));
    }
    database.execute(
        """
        INSERT INTO customer_email (tag_a, version_a, customer_id)
        SELECT substr(sha256(tag_a), 1, length(tag_a)), version_a, customer_id FROM customer_email
        LIMIT 3
        """);

    rotate();

    assertThat(tags.find(ContactField.EMAIL, email(0, "first"))).hasSize(CustomerTags.OCCURRENCES);
    assertThat(tags.find(ContactField.EMAIL, email(0, "second"))).hasSize(CustomerTags.OCCURRENCES);
  }

  @Test
  void whoChangesMeanwhileIsFoundByWhatTheyHaveNow() throws Exception {
    Map<Integer, UUID> customers = create(1);
    database.execute("UPDATE customer_email SET tag_a = substr(sha256(tag_a), 1, length(tag_a))");
    // Between reading the values and writing their tags.
    keys.beforeTags(
        () ->
            profiles.updater.update(
                Map.of(customers.get(0), new ProfileUpdater.Sent(profile(7), null, false)),
                ProfilesFixture.IMPORT));

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
    IndexFixture.rotation(
            transactions, profiles.index, profiles.reindexed(destroyed), keys.indexVersions(), 2)
        .run();
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
    return ProfilesFixture.someone(
        "Ada", List.of(email(number, "first"), email(number, "second")), List.of(phone(number)));
  }

  private static String email(int number, String which) {
    return which + number + "@example.org";
  }

  private static String phone(int number) {
    return "+4930123456" + number;
  }
}
