package org.tallykeep.customer.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.aggregates.Traits;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.ledger.TestLedger.Sale;
import org.tallykeep.customer.purchaser.SlowPurchasers;
import org.tallykeep.customer.renewal.RenewalWorld.Configured;
import org.tallykeep.customer.traits.HistoryMixing;

/** What goes on while everybody gets another pseudonym. */
class RenewalRaceTest {

  private final RenewalWorld world = new RenewalWorld(20, Configured.of(3, 20));

  @Test
  void purchasesAreTakenAndCountedOnceWhoeverMovesMeanwhile() throws Exception {
    int persons = 30;
    List<Sale> sales = sales(persons, 900);
    for (int i = 0; i < persons; i += 2) {
      world.people.signUp("h-" + i);
    }
    world.ledger.take(sales.subList(0, 300));
    world.histories.count();
    Set<UUID> names = world.names();
    UUID id = world.renewals.begin().id();
    AtomicBoolean over = new AtomicBoolean();
    List<RowAnswer> answers = new ArrayList<>();
    List<String> findings = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<?>> others = new ArrayList<>();
      for (int part = 0; part < 2; part++) {
        List<Sale> theirs = sales.subList(300 + 300 * part, 600 + 300 * part);
        others.add(threads.submit(taking(theirs, answers)));
      }
      others.add(threads.submit(until(over, world.histories::countSome)));
      others.add(
          threads.submit(
              until(
                  over,
                  () -> {
                    findings.addAll(world.histories.findings());
                    return 0;
                  })));
      others.add(
          threads.submit(
              until(
                  over,
                  () -> {
                    world.people.signUp(null);
                    world.people.mix();
                    return 0;
                  })));
      try {
        assertThat(world.job.run()).isZero();
        others.get(0).get();
        others.get(1).get();
      } finally {
        over.set(true);
      }
      for (Future<?> other : others) {
        other.get();
      }
    }
    world.histories.count();
    world.people.mix();

    assertThat(world.renewals.get(id).state()).isEqualTo(RenewalState.INDEX);
    assertThat(answers).hasSize(600).hasOnlyElementsOfType(RowAnswer.Accepted.class);
    assertThat(world.found(names)).isZero();
    assertThat(findings).as("of verifications at any time").isEmpty();
    assertThat(spent()).isEqualTo(spent(sales));
    assertThat(world.histories.manifestsHold()).isTrue();
    Map<UUID, UUID> customers = new HashMap<>();
    world.people.linked().forEach((customer, purchaser) -> customers.put(purchaser, customer));
    assertThat(world.people.reidentified(customers.keySet())).isEqualTo(customers);
  }

  private Callable<Void> taking(List<Sale> sales, List<RowAnswer> answers) {
    return () -> {
      for (int from = 0; from < sales.size(); from += 10) {
        List<RowAnswer> some = world.ledger.take(sales.subList(from, from + 10));
        synchronized (answers) {
          answers.addAll(some);
        }
      }
      return null;
    };
  }

  private static Callable<Void> until(AtomicBoolean over, Callable<Integer> work) {
    return () -> {
      while (!over.get()) {
        work.call();
      }
      return null;
    };
  }

  /** What was spent by each buyer, as their histories say it. */
  private Map<String, Long> spent() {
    Map<String, Long> spent = new TreeMap<>();
    for (String buyer : world.buyers) {
      long sum = world.daysOf(buyer).stream().mapToLong(day -> day.totalMinor()).sum();
      spent.put(buyer, sum);
    }
    return spent;
  }

  private static Map<String, Long> spent(List<Sale> sales) {
    Map<String, Long> spent = new TreeMap<>();
    sales.forEach(sale -> spent.merge(sale.externalId(), sale.amount(), Long::sum));
    return spent;
  }

  private List<Sale> sales(int persons, int count) {
    Random random = new Random(17);
    List<Sale> sales = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sales.add(
          i < persons
              ? new Sale("e-" + i, "h-" + i, 10_000, "a0", 5)
              : TestLedger.randomSale("e-" + i, random, persons));
      world.buyers.add(sales.getLast().externalId());
    }
    return sales;
  }

  @Test
  void whoWasResolvedBeforeTheRenewalAndIsWrittenAfterItsEndIsResolvedAnew() {
    resolvedBefore(() -> world.job.run());

    assertThat(world.database.number("SELECT count(*) FROM purchaser_renewal")).isZero();
  }

  @Test
  void whoWasResolvedBeforeMovingIsWrittenUnderTheNewPseudonym() {
    resolvedBefore(this::moveOnly);

    world.job.run();
    assertWhole();
  }

  private void moveOnly() {
    UUID id = world.renewals.begin().id();
    assertThat(world.steps.noteAll(id)).isTrue();
    assertThat(world.steps.movePseudonyms(id, () -> false)).isZero();
    assertThat(world.histories.findings()).isEmpty();
  }

  @Test
  void whoMovesBeforeTheirHistoryIsToldOfThemIsToldUnderTheNewPseudonym() {
    Map<UUID, UUID> purchasers = new HashMap<>();
    for (int i = 0; i < 12; i++) {
      UUID customer = world.people.signUp("h-" + i);
      world.ledger.take(List.of(new Sale("e-" + i, "h-" + i, 10_000, "a0", 5)));
      purchasers.put(customer, world.people.purchaserOf("h-" + i));
    }
    world.histories.count();
    Set<UUID> names = world.names();
    UUID id = world.renewals.begin().id();
    world.steps.noteAll(id);
    Traits refused = new Traits(false, true, Map.of());
    AtomicBoolean moved = new AtomicBoolean();
    HistoryMixing mixing =
        new HistoryMixing(
            world.database.transactions(),
            world.people.links,
            world.histories.traits,
            asked -> {
              if (!moved.getAndSet(true)) {
                moveAllButThoseOf(
                    id, Shards.of(Objects.requireNonNull(purchasers.get(asked.iterator().next()))));
              }
              Map<UUID, Traits> known = new HashMap<>();
              asked.forEach(customer -> known.put(customer, refused));
              return known;
            });

    mixing.tell(purchasers.keySet());

    assertThat(world.job.run()).isZero();
    assertThat(world.found(names)).isZero();
    assertThat(world.histories.days())
        .containsOnlyKeys(world.people.linked().values())
        .allSatisfy((purchaser, days) -> assertThat(days.traits()).isEqualTo(refused));
  }

  private void moveAllButThoseOf(UUID renewal, int held) {
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      int each = shard;
      List<UUID> some =
          world
              .database
              .transactions()
              .call(c -> RenewalJobRepository.draw(c, each, Set.of(), 1_000));
      if (shard != held && !some.isEmpty()) {
        world.batch.move(renewal, shard, some);
      }
    }
  }

  private void resolvedBefore(Runnable renewal) {
    world.people.signUp("h-1");
    world.ledger.take(
        List.of(new Sale("a", "h-1", 10_000, "a0", 5), new Sale("b", "h-2", 10_000, "a0", 6)));
    world.histories.count();
    Set<UUID> names = world.names();
    world.renewals.begin();
    TestLedger slow =
        new TestLedger(
            world.database, world.keys, new SlowPurchasers(world.people.purchasers, renewal));

    List<RowAnswer> answers =
        slow.take(
            List.of(
                new Sale("a", "h-1", 10_000, "a0", 5),
                new Sale("c", "h-1", 10_001, "a0", 5),
                new Sale("d", "h-2", 10_001, "a0", 5)));

    assertThat(answers.getFirst()).isInstanceOf(RowAnswer.Duplicate.class);
    assertThat(answers.subList(1, 3)).hasOnlyElementsOfType(RowAnswer.Accepted.class);
    assertThat(
            world.stored.all().values().stream()
                .filter(each -> names.contains(each.purchaser()))
                .toList())
        .isEmpty();
    world.histories.count();
    assertWhole();
  }

  private void assertWhole() {
    for (String buyer : List.of("h-1", "h-2")) {
      assertThat(world.daysOf(buyer)).hasSize(2);
    }
    assertThat(world.histories.days()).hasSize(2);
    assertThat(world.histories.manifestsHold()).isTrue();
  }

  @Test
  void aPurchaserWhoMovesWhileTheyAreMixedIsMixedUnderTheNewPseudonym() {
    UUID customer = world.people.signUp("h-1");
    moveOnly();

    world.people.mix();
    world.job.run();

    UUID purchaser = world.people.linked().get(customer);
    assertThat(world.people.reidentified(Set.of(purchaser))).containsEntry(purchaser, customer);
    assertThat(world.database.number("SELECT count(*) FROM customer_to_mix")).isZero();
  }

  @Test
  void whoSignsUpWhileOthersMoveHasALinkToWhatTheyAreCalledNow() {
    UUID before = world.people.purchaserOf("h-1");
    world.ledger.take(List.of(new Sale("a", "h-1", 10_000, "a0", 5)));
    world.histories.count();
    Set<UUID> names = world.names();
    moveOnly();

    UUID known = world.people.signUp("h-1");
    UUID other = world.people.signUp(null);
    world.people.purchaserOf("h-new");

    Map<UUID, UUID> linked = world.people.linked();
    assertThat(linked.get(known)).isNotEqualTo(before).isNotIn(names);
    assertThat(linked.get(other)).isNotIn(names);
    assertThat(world.histories.days()).containsOnlyKeys(linked.get(known));
    world.job.run();
    assertThat(world.found(names)).isZero();
    assertThat(world.people.linked()).isEqualTo(linked);
  }
}
