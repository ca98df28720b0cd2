package org.tallykeep.customer.purchaser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.TestDatabase;

class PurchasersTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final People people = new People(database, keys);

  @Test
  void aCustomerAndTheirExternalIdAreOnePurchaser() {
    UUID customer = people.signUp("h-1").getFirst();

    assertThat(people.purchaserOf("h-1")).isEqualTo(people.purchaserOf(customer));
    assertThat(people.purchaserOf(" h-1 ")).isEqualTo(people.purchaserOf(customer));
  }

  @Test
  void everyCustomerHasAPurchaserOfTheirOwn() {
    List<UUID> customers = people.signUp(new String[700]);

    Set<UUID> purchasers = new HashSet<>(people.links.purchasersOf(customers).values());

    assertThat(purchasers).hasSize(700);
  }

  @Test
  void anUnknownExternalIdIsAnAnonymousBuyerWhoStaysTheSame() {
    List<Optional<UUID>> resolved =
        people.purchasers.resolve(
            List.of(
                new Buyer.ByExternalId("a"),
                new Buyer.ByExternalId("b"),
                new Buyer.ByExternalId("a")));

    assertThat(resolved).doesNotContain(Optional.empty());
    assertThat(resolved.get(0)).isEqualTo(resolved.get(2)).isNotEqualTo(resolved.get(1));
    assertThat(people.purchaserOf("a")).isEqualTo(resolved.getFirst().orElseThrow());
  }

  @Test
  void anUnknownCustomerIsNobody() {
    assertThat(people.purchasers.resolve(List.of(new Buyer.ByCustomer(UUID.randomUUID()))))
        .containsExactly(Optional.empty());
  }

  @Test
  void aCustomerWhoseKeyIsDestroyedIsNobody() {
    UUID customer = people.signUp("gone").getFirst();
    Link link =
        people.transactions.call(c -> LinkRepository.links(c, List.of(customer))).getFirst();

    keys.destroy(link.key().id());

    assertThat(people.purchasers.resolve(List.of(new Buyer.ByExternalId("gone"))))
        .containsExactly(Optional.empty());
  }

  @Test
  void whoSignsUpTakesOverTheHistoryTheyHadAnonymously() {
    UUID anonymous = people.purchaserOf("later-known");

    UUID customer = people.signUp("later-known").getFirst();

    assertThat(people.purchaserOf(customer)).isEqualTo(anonymous);
    assertThat(people.purchaserOf("later-known")).isEqualTo(anonymous);
  }

  @Test
  void manyAtOnceWhoMeetTheSameNewIdsMakeOnePurchaserEach() throws Exception {
    List<Buyer> buyers = new ArrayList<>();
    IntStream.range(0, 40).forEach(i -> buyers.add(new Buyer.ByExternalId("new-" + i)));
    String[] ids = IntStream.range(0, 40).mapToObj(i -> "new-" + i).toArray(String[]::new);

    List<Set<UUID>> seen = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Set<UUID>>> work = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        People replica = new People(database, keys);
        work.add(
            () -> {
              Set<UUID> found = new HashSet<>();
              replica.purchasers.resolve(buyers).forEach(p -> found.add(p.orElseThrow()));
              return found;
            });
        work.add(
            () -> {
              replica.signUp(ids);
              return Set.of();
            });
      }
      for (Future<Set<UUID>> done : threads.invokeAll(work)) {
        seen.add(done.get());
      }
    }

    Set<UUID> everSeen = new HashSet<>();
    seen.forEach(everSeen::addAll);
    assertThat(everSeen).hasSize(40);
    assertThat(database.number("SELECT count(*) FROM customer_external_id")).isEqualTo(40);
    assertThat(database.number("SELECT count(*) FROM customer")).isEqualTo(40);
  }

  @Test
  void linksAreAskedForOnceABatch() {
    people.signUp(IntStream.range(0, 50).mapToObj(i -> "c-" + i).toArray(String[]::new));
    List<Buyer> buyers = new ArrayList<>();
    IntStream.range(0, 1000).forEach(i -> buyers.add(new Buyer.ByExternalId("c-" + i % 50)));
    int before = keys.linksAsked.get();

    people.purchasers.resolve(buyers);

    assertThat(keys.linksAsked.get() - before).isEqualTo(50);
  }
}
