package org.tallykeep.customer.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.aggregates.Traits;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.ledger.LedgerRenewalFixture.Stored;
import org.tallykeep.customer.ledger.TestLedger.Happening;
import org.tallykeep.customer.ledger.TestLedger.Sale;
import org.tallykeep.customer.platform.DatabaseException;
import org.tallykeep.customer.renewal.RenewalWorld.Configured;

/** Everybody gets another pseudonym, and nothing else changes. */
class RenewalTest {

  private final RenewalWorld world = new RenewalWorld(40, Configured.of(20, 60));

  /** What a renewal must not change, by names that it does not change. */
  private record Seen(
      Map<String, UUID> purchasers,
      Map<String, Stored> purchases,
      Map<UUID, PurchaseHistory> days,
      Map<UUID, BasketHistory> baskets,
      Map<String, SalesSeries.Day> series,
      Map<UUID, UUID> customers) {}

  private Seen look() {
    Map<String, UUID> purchasers = world.purchasers();
    return new Seen(
        purchasers,
        world.stored.all(),
        world.histories.days(),
        world.histories.baskets(),
        world.histories.series(),
        world.people.reidentified(new HashSet<>(purchasers.values())));
  }

  @Test
  void everybodyHasAnotherPseudonymAndNothingElseIsDifferent() {
    world.fill(40, 300);
    Seen before = look();
    Set<UUID> names = world.names();
    assertThat(world.found(names)).isPositive();

    UUID id = world.renewals.begin().id();
    assertThat(world.job.run()).isZero();

    assertThat(world.renewals.get(id).state()).isEqualTo(RenewalState.INDEX);
    assertSame(before, look());
    assertThat(world.found(names)).isZero();
    assertThat(world.database.number("SELECT count(*) FROM purchaser_renewal")).isZero();
    assertThat(world.people.linked().values())
        .isSubsetOf(world.names()); // those of customers who never bought, too
  }

  private void assertSame(Seen before, Seen after) {
    Map<UUID, UUID> pseudonyms = new HashMap<>();
    before.purchasers.forEach(
        (buyer, old) -> pseudonyms.put(old, after.purchasers.getOrDefault(buyer, old)));
    assertThat(pseudonyms)
        .allSatisfy(
            (old, now) -> {
              assertThat(now).isNotEqualTo(old);
              assertThat(Shards.of(now)).isEqualTo(Shards.of(old));
            });
    assertThat(pseudonyms.values()).doesNotHaveDuplicates();
    Map<UUID, UUID> purchases = new HashMap<>();
    before.purchases.forEach(
        (event, purchase) -> {
          Stored now = Objects.requireNonNull(after.purchases.get(event), event);
          assertThat(now.isWhole()).as(event).isTrue();
          assertThat(now.content()).isEqualTo(purchase.content());
          assertThat(now.purchaser()).isEqualTo(pseudonyms.get(purchase.purchaser()));
          assertThat(now.id()).isNotEqualTo(purchase.id());
          purchases.put(purchase.id(), now.id());
        });
    assertThat(after.purchases).hasSameSizeAs(before.purchases);
    Map<UUID, PurchaseHistory> days = new TreeMap<>();
    before.days.forEach((old, history) -> days.put(pseudonyms.get(old), history));
    assertThat(after.days).isEqualTo(days);
    Map<UUID, BasketHistory> baskets = new TreeMap<>();
    before.baskets.forEach(
        (old, history) -> {
          List<BasketHistory.Order> orders = new ArrayList<>();
          history
              .orders()
              .forEach(
                  order ->
                      orders.add(
                          new BasketHistory.Order(
                              Objects.requireNonNull(purchases.get(order.id())),
                              order.epochDay(),
                              order.lines())));
          baskets.put(pseudonyms.get(old), BasketHistory.EMPTY.plus(orders));
        });
    assertThat(after.baskets).isEqualTo(baskets);
    assertThat(after.series).isEqualTo(before.series);
    Map<UUID, UUID> customers = new HashMap<>();
    before.customers.forEach((old, customer) -> customers.put(pseudonyms.get(old), customer));
    assertThat(after.customers).isEqualTo(customers).isNotEmpty();
    assertThat(after.days.values().stream().map(PurchaseHistory::traits))
        .contains(
            new Traits(false, true, Map.of("tier", "gold")),
            new Traits(false, false, Map.of("region", "north", "tier", "")));
    assertThat(world.histories.findings()).isEmpty();
    assertThat(world.histories.manifestsHold()).isTrue();
  }

  @Test
  void itEndsWhenTagsOfBeforeJoinNothingAnyMore() {
    world.fill(12, 60);
    UUID id = world.renewals.begin().id();
    world.job.run();
    assertThat(world.renewals.begin().id()).as("under way still").isEqualTo(id);
    assertThat(world.renewals.get(id).state()).isEqualTo(RenewalState.INDEX);

    world.rotate(2);
    world.job.run();

    assertThat(world.renewals.get(id).state()).isEqualTo(RenewalState.DONE);
    assertThat(world.renewals.begin().id()).isNotEqualTo(id);
  }

  @Test
  void whatIsCountedRepeatedOrCorrectedAfterwardsFindsWhatWasThereBefore() {
    world.fill(20, 120);
    world.renewals.begin();
    world.job.run();
    long rows = world.database.number("SELECT count(*) FROM purchase");

    assertThat(world.ledger.take(List.of(new Sale("waits", "h-3", 10_001, "a0", 7))))
        .hasOnlyElementsOfType(RowAnswer.Duplicate.class);
    assertThat(
            world.ledger.takeHappenings(
                List.of(
                    new Happening(
                        new Sale("later", "h-3", 10_003, "a0", 9), false, "waits", false))))
        .hasOnlyElementsOfType(RowAnswer.Accepted.class);
    world.histories.count();

    assertThat(world.database.number("SELECT count(*) FROM purchase")).isEqualTo(rows + 1);
    assertThat(Objects.requireNonNull(world.stored.all().get("waits")).isVoid()).isTrue();
    assertThat(days("h-3")).contains(10_003).doesNotContain(10_001);
    assertThat(world.histories.manifestsHold()).isTrue();
  }

  private List<Integer> days(String buyer) {
    return world.daysOf(buyer).stream().map(PurchaseHistory.Day::epochDay).toList();
  }

  @Test
  void whoComesAfterwardsGetsNoPseudonymFromBefore() {
    world.fill(12, 40);
    Set<UUID> before = world.names();

    world.renewals.begin();
    world.job.run();
    for (int i = 0; i < 25; i++) {
      world.people.signUp(null);
      world.people.purchaserOf("new-" + i);
    }

    assertThat(world.people.linked().values()).doesNotContainAnyElementsOf(before);
    assertThat(world.found(before)).isZero();
    assertThat(
            world.database.number(
                """
                SELECT count(*) FROM purchaser_external_id e
                WHERE NOT EXISTS (SELECT FROM purchaser p WHERE p.id = e.purchaser_id)
                """))
        .isZero();
  }

  @Test
  void noTransactionWroteBothSides() {
    world.fill(20, 100);
    world.renewals.begin();

    world.job.run();

    assertThat(
            world.database.number(
                """
                WITH customers AS (SELECT xmin::text FROM customer_link
                    UNION SELECT xmax::text FROM customer_link UNION SELECT xmin::text FROM customer
                    UNION SELECT xmin::text FROM customer_external_id),
                purchasers AS (SELECT xmin::text FROM purchaser UNION SELECT xmin::text FROM purchase
                    UNION SELECT xmin::text FROM purchase_event
                    UNION SELECT xmin::text FROM purchase_history
                    UNION SELECT xmin::text FROM basket_history
                    UNION SELECT xmin::text FROM aggregate_manifest
                    UNION SELECT xmin::text FROM purchaser_external_id
                    UNION SELECT xmin::text FROM pseudonym_renewal)
                SELECT count(*) FROM customers JOIN purchasers USING (xmin) WHERE xmin <> '0'
                """))
        .isZero();
  }

  @Test
  void whatDoesNotOpenKeepsItsPseudonymAndStopsNobodyElse() {
    world.fill(12, 60);
    Map<String, UUID> before = world.purchasers();
    world.database.execute(
        """
        UPDATE purchase SET sealed = set_byte(sealed, 80, get_byte(sealed, 80) # 1)
        WHERE id = (SELECT id FROM purchase WHERE purchaser_id = ? LIMIT 1)
        """,
        Objects.requireNonNull(before.get("h-5")));
    UUID id = world.renewals.begin().id();

    assertThat(world.job.run()).isOne();

    assertThat(world.renewals.get(id).state()).isEqualTo(RenewalState.PSEUDONYMS);
    Map<String, UUID> after = world.purchasers();
    assertThat(after).containsEntry("h-5", Objects.requireNonNull(before.get("h-5")));
    after.remove("h-5");
    assertThat(after.values()).doesNotContainAnyElementsOf(before.values());
    assertThat(world.histories.manifestsHold()).isTrue();
    world.database.execute(
        "DELETE FROM purchase WHERE purchaser_id = ?", Objects.requireNonNull(before.get("h-5")));
    assertThat(world.job.run()).isZero();
    assertThat(world.renewals.get(id).state()).isEqualTo(RenewalState.INDEX);
  }

  @Test
  void whereverItDiesItGoesOnAndEndsRight() {
    RenewalWorld small = new RenewalWorld(4, Configured.of(20, 60));
    small.fill(5, 24);
    int died = 0;
    boolean failed = true;
    for (int step = 0; failed; step += step < 45 ? 1 : 61) {
      Map<String, SalesSeries.Day> series = small.histories.series();
      Set<String> contents = contents(small);
      small.database.execute("UPDATE pseudonym_renewal SET state = 'done', ended_at = started_at");
      Set<UUID> names = small.names();
      small.renewals.begin();
      small.database.failAt(step);
      try {
        small.job.run();
      } catch (DatabaseException e) {
        // The next turn goes on.
      }
      failed = !small.database.stillToFail();
      died += failed ? 1 : 0;
      assertThat(contents(small)).as("died at %d", step).isEqualTo(contents);
      assertThat(small.histories.manifestsHold()).as("died at %d", step).isTrue();

      assertThat(small.job.run()).isZero();

      assertThat(small.found(names)).as("died at %d", step).isZero();
      assertThat(contents(small)).isEqualTo(contents);
      assertThat(small.histories.series()).isEqualTo(series);
      assertThat(small.histories.manifestsHold()).isTrue();
    }
    assertThat(died).isGreaterThan(45);
  }

  /** Purchases as they are, each under the pseudonym that its buyer has now. */
  private static Set<String> contents(RenewalWorld world) {
    Map<UUID, String> buyers = new HashMap<>();
    world.purchasers().forEach((buyer, purchaser) -> buyers.put(purchaser, buyer));
    Set<String> contents = new HashSet<>();
    world
        .stored
        .all()
        .values()
        .forEach(
            each -> {
              assertThat(each.isWhole()).isTrue();
              contents.add(buyers.get(each.purchaser()) + " " + each.content());
            });
    world
        .histories
        .days()
        .forEach((purchaser, days) -> contents.add(buyers.get(purchaser) + " " + days.days()));
    return contents;
  }
}
