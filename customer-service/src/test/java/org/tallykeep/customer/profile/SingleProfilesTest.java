package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.TestDatabase;

/** Profiles that are sent one by one, by many at the same time. */
class SingleProfilesTest {

  private static final int CLIENTS = 64;
  private static final int PLACES = 20;

  private final TestDatabase database = TestDatabase.fresh();
  private final ProfilesFixture profiles =
      new ProfilesFixture(database.transactions(), new LocalKeys());
  private final SingleProfiles single = new SingleProfiles(profiles.writer);

  @Test
  void eachGetsTheCustomerOfTheirOwn() throws Exception {
    List<Outcome> outcomes = sendAll(i -> "id-" + i);

    for (int i = 0; i < CLIENTS; i++) {
      assertThat(outcomes.get(i)).isEqualTo(new Outcome.Created(find("id-" + i).iterator().next()));
    }
  }

  @Test
  void theSameCustomerSentByAllIsOneCustomer() throws Exception {
    List<Outcome> outcomes = sendAll(i -> "the same");

    assertThat(outcomes).filteredOn(Outcome.Created.class::isInstance).hasSize(1);
    assertThat(find("the same")).hasSize(1);
  }

  @Test
  void oneThatFailsFailsAloneAndNobodyIsMadeTwice() throws Exception {
    database.execute(
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_advisory_xact_lock(1);
          IF (SELECT count(*) FROM customer) >= %d THEN RAISE EXCEPTION 'no more'; END IF;
          RETURN NEW;
        END $$"""
            .formatted(PLACES));
    database.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON customer FOR EACH ROW EXECUTE FUNCTION refuse()");

    List<UUID> made = new ArrayList<>();
    int failed = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Outcome> each : sendAll(threads, i -> "id-" + i)) {
        try {
          made.add(((Outcome.Created) each.get()).id());
        } catch (ExecutionException e) {
          failed++;
        }
      }
    }

    assertThat(made).hasSize(PLACES).doesNotHaveDuplicates();
    assertThat(failed).isEqualTo(CLIENTS - PLACES);
    assertThat(database.number("SELECT count(*) FROM customer")).isEqualTo(PLACES);
  }

  private List<Outcome> sendAll(IntFunction<String> externalIds) throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Outcome> each : sendAll(threads, externalIds)) {
        outcomes.add(each.get());
      }
    }
    return outcomes;
  }

  private List<Future<Outcome>> sendAll(ExecutorService threads, IntFunction<String> externalIds) {
    return IntStream.range(0, CLIENTS)
        .mapToObj(i -> threads.submit(() -> single.write(only(externalIds.apply(i)), actor(i))))
        .toList();
  }

  /** Two who send at the same time. */
  private static Actor actor(int i) {
    return i % 2 == 0 ? ProfilesFixture.IMPORT : new Actor(Actor.Kind.IMPORT, "other", "import");
  }

  private Profile only(String externalId) {
    String line = "{\"externalId\":\"%s\",\"name\":{\"given\":\"Ada\"}}".formatted(externalId);
    return profiles.checks.read(line.getBytes(StandardCharsets.UTF_8));
  }

  private Set<UUID> find(String externalId) {
    return profiles.reader.find(new CustomerSearch.ByExternalId(externalId));
  }
}
