package org.tallykeep.customer.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.BasketHistory;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.aggregates.Traits;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.platform.DatabaseException;
import org.tallykeep.customer.platform.DatasetKeys;
import org.tallykeep.customer.platform.FaultyDatabase;

/** What histories are told besides purchases. */
class HistoryTraitsTest {

  private static final int SHARD = 7;
  private static final Traits REFUSED = new Traits(false, true, Map.of("tier", "gold"));

  private final FaultyDatabase database = FaultyDatabase.fresh();
  private final DatasetKeys keys = new DatasetKeys();
  private final TestLedger ledger = new TestLedger(database, keys);
  private final TestAggregates aggregates = new TestAggregates(database, keys, ledger.events());
  private final List<UUID> buyers = IntStream.range(0, 12).mapToObj(i -> inShard()).toList();

  @BeforeEach
  void buy() {
    buyers.forEach(ledger::takeOf);
    aggregates.countUntilNothingWaits();
  }

  @Test
  void asManyHistoriesThatSayNothingNewAreWrittenAnewByTheSameTransaction() {
    Map<UUID, PurchaseHistory> before = aggregates.days();
    Map<UUID, BasketHistory> baskets = aggregates.baskets();
    Map<String, SalesSeries.Day> series = aggregates.series();
    Map<UUID, Long> revisions = revisions();
    Map<UUID, Traits> news = Map.of(buyers.get(0), REFUSED, buyers.get(1), REFUSED);

    int written = aggregates.traits.write(SHARD, 5, c -> news);

    assertThat(written).isEqualTo(7);
    Set<UUID> rewritten =
        revisions().entrySet().stream()
            .filter(entry -> !entry.getValue().equals(revisions.get(entry.getKey())))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    assertThat(rewritten).hasSize(7).containsAll(news.keySet());
    for (String table : List.of("purchase_history", "basket_history")) {
      assertThat(
              database.number(
                  "SELECT max(n) FROM (SELECT count(*) AS n FROM %s GROUP BY xmin::text) AS t"
                      .formatted(table)))
          .isEqualTo(7);
    }
    Map<UUID, PurchaseHistory> expected = new HashMap<>(before);
    news.keySet().forEach(id -> expected.computeIfPresent(id, (k, h) -> h.with(REFUSED)));
    assertThat(aggregates.days()).isEqualTo(expected);
    assertThat(aggregates.baskets()).isEqualTo(baskets);
    assertThat(aggregates.series()).isEqualTo(series);
    assertThat(aggregates.manifestsHold()).isTrue();
  }

  @Test
  void whoBoughtNothingGetsARowWithoutDaysIfThereIsAnythingToSay() {
    UUID refused = inShard();
    UUID nothing = inShard();

    aggregates.traits.write(SHARD, 1, c -> Map.of(refused, REFUSED, nothing, Traits.NONE));

    assertThat(aggregates.days().get(refused)).isEqualTo(new PurchaseHistory(List.of(), REFUSED));
    assertThat(aggregates.days()).doesNotContainKey(nothing);
    ledger.takeOf(refused);
    aggregates.countUntilNothingWaits();
    assertThat(history(refused).days()).hasSize(1);
    assertThat(history(refused).traits()).isEqualTo(REFUSED);
    assertThat(aggregates.manifestsHold()).isTrue();
  }

  @Test
  void whatCountsIsWhatIsKnownWhenTheShardIsHeld() {
    UUID one = buyers.getFirst();
    aggregates.traits.write(
        SHARD,
        3,
        c -> {
          // Another replica that knows less has to wait until this one has written.
          boolean isFree = database.transactions().call(other -> ShardLocks.tryLock(other, SHARD));
          assertThat(isFree).isFalse();
          return Map.of(one, REFUSED);
        });
    aggregates.traits.write(SHARD, 3, c -> Map.of(one, Traits.NONE));

    assertThat(history(one).traits()).isEqualTo(Traits.NONE);
  }

  @Test
  void anOpeningBalanceStaysOne() {
    UUID one = buyers.getFirst();
    aggregates.makeOpening(one);

    aggregates.traits.write(SHARD, 2, c -> Map.of(one, REFUSED));
    assertThat(history(one).traits()).isEqualTo(REFUSED.asOpening());
    aggregates.traits.write(SHARD, 2, c -> Map.of(one, Traits.NONE));
    assertThat(history(one).traits()).isEqualTo(Traits.NONE.asOpening());
    assertThat(history(one).days()).hasSize(1);
  }

  @Test
  void whereverItDiesAllOfAShardIsWrittenOrNothing() {
    Map<UUID, PurchaseHistory> before = aggregates.days();
    Map<UUID, Traits> news = new HashMap<>();
    buyers.subList(0, 3).forEach(id -> news.put(id, REFUSED));
    int died = 0;
    boolean done = false;
    for (int step = 0; !done; step++) {
      database.failAt(step);
      try {
        aggregates.traits.write(SHARD, 3, c -> news);
        done = true;
      } catch (DatabaseException e) {
        died++;
      }
      database.stillToFail();
      Set<Traits> told = new HashSet<>();
      news.keySet().forEach(id -> told.add(history(id).traits()));
      assertThat(told).hasSize(1);
      assertThat(aggregates.manifestsHold()).isTrue();
    }
    assertThat(died).isGreaterThan(5);
    assertThat(aggregates.days()).isNotEqualTo(before);
  }

  private PurchaseHistory history(UUID pseudonym) {
    return aggregates.days().getOrDefault(pseudonym, PurchaseHistory.EMPTY);
  }

  private Map<UUID, Long> revisions() {
    Map<UUID, Long> revisions = new HashMap<>();
    aggregates
        .rows(Dataset.PURCHASE_HISTORY)
        .forEach(row -> revisions.put(row.id(), row.revision()));
    return revisions;
  }

  private static UUID inShard() {
    UUID random = UUID.randomUUID();
    return new UUID(
        random.getMostSignificantBits(), random.getLeastSignificantBits() & -Shards.COUNT | SHARD);
  }
}
