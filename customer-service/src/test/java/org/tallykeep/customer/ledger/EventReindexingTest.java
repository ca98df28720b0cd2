package org.tallykeep.customer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.ledger.TestLedger.Sale;
import org.tallykeep.customer.platform.DatabaseException;
import org.tallykeep.customer.platform.DatasetKeys;
import org.tallykeep.customer.platform.FaultyDatabase;

/** The tags of events while the index key is turned over. */
class EventReindexingTest {

  private final FaultyDatabase database = FaultyDatabase.fresh();
  private final DatasetKeys keys = new DatasetKeys();
  private final TestLedger ledger = new TestLedger(database, keys);

  @Test
  void anEventIsKnownWhicheverOfItsTagsAreThere() {
    List<Sale> before = sales("before", 40);
    ledger.take(before);
    keys.indexVersions().make(2);
    IndexFixture.introduce(ledger.index(), 2);
    List<Sale> during = sales("during", 40);
    ledger.take(during);
    assertTags(40, 40, 0);
    assertKnown(ledger, before, during);

    rotation(2).run();

    assertTags(0, 0, 80);
    assertKnown(ledger, before, during);
    assertThat(ledger.take(List.of(new Sale("before-3", "h-1", 9_999, "a", 7))))
        .allMatch(answer -> answer instanceof RowAnswer.Conflict);
  }

  @Test
  void aReplicaThatKnowsTheOldVersionAloneWritesNothingWithoutTheNewOne() {
    TestLedger stale = new TestLedger(database, keys);
    List<Sale> before = sales("before", 20);
    stale.take(before);
    keys.indexVersions().make(2);
    IndexFixture.introduce(ledger.index(), 2);

    stale.take(sales("stale", 20));

    assertTags(20, 20, 0);
    rotation(2).run();
    // It still remembers both; one of them is destroyed.
    assertKnown(stale, before, sales("stale", 20));
    stale.take(sales("later", 20));
    assertTags(0, 0, 60);
  }

  @Test
  void aReplicaThatSleptThroughAWholeRotationTakesNothingTwice() {
    TestLedger asleep = new TestLedger(database, keys);
    List<Sale> before = sales("before", 20);
    asleep.take(before);
    keys.indexVersions().make(2);
    rotation(2).run();

    assertKnown(asleep, before);
    assertTags(0, 0, 20);
  }

  @Test
  void whereverTheRotationDiesTheNextTurnGoesOnAndNoEventIsTakenTwice() {
    List<Sale> sales = sales("s", 30);
    ledger.take(sales);
    keys.indexVersions().make(2);
    int died = 0;
    for (int step = 0; keys.indexVersions().isLive(1); step++) {
      database.failAt(step);
      try {
        new Replica().run();
      } catch (DatabaseException e) {
        died++;
      }
      database.stillToFail();
      assertKnown(ledger, sales);
    }
    assertThat(died).isGreaterThan(20);
    assertTags(0, 0, 30);
  }

  @Test
  void whatIsImportedWhileTheKeyIsTurnedOverIsTakenOnce() throws Exception {
    List<Sale> sales = sales("s", 1200);
    ledger.take(sales.subList(0, 400));
    keys.indexVersions().make(2);
    long accepted = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Long>> imports = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        TestLedger replica = new TestLedger(database, keys);
        imports.add(threads.submit(() -> importAll(replica, sales)));
      }
      threads.submit(() -> new Replica().run()).get();
      for (Future<Long> one : imports) {
        accepted += one.get();
      }
    }
    assertThat(accepted).isEqualTo(800);
    assertThat(keys.indexVersions().isLive(1)).isFalse();
    assertTags(0, 0, 1200);
    assertThat(database.number("SELECT count(*) FROM purchase")).isEqualTo(1200);
  }

  @Test
  void aPurchaseThatDoesNotOpenIsLeftAndStopsNoOther() {
    ledger.take(sales("s", 30));
    database.execute(
        """
        UPDATE purchase SET sealed = set_byte(sealed, length(sealed) - 1,
            get_byte(sealed, length(sealed) - 1) # 1)
        WHERE id = (SELECT purchase_id FROM purchase_event ORDER BY tag_a LIMIT 1)
        """);
    keys.indexVersions().make(2);

    rotation(2).run();

    assertTags(1, 29, 0);
    assertThat(keys.indexVersions().isLive(1)).isTrue();
  }

  @Test
  void theNextRotationUsesTheColumnsOfTheOneBefore() {
    List<Sale> sales = sales("s", 30);
    ledger.take(sales);
    keys.indexVersions().make(2);
    rotation(2).run();
    keys.indexVersions().make(3);
    rotation(3).run();

    assertKnown(ledger, sales);
    assertThat(
            database.number(
                "SELECT count(*) FROM purchase_event WHERE version_a = 3 AND tag_b IS NULL"))
        .isEqualTo(30);
  }

  /** One more replica that does the rotation. */
  private final class Replica {
    private final TestLedger own = new TestLedger(database, keys);

    boolean run() {
      IndexFixture.rotation(
              database.transactions(),
              own.index(),
              List.of(own.reindexed()),
              keys.indexVersions(),
              2)
          .run();
      return true;
    }
  }

  private Runnable rotation(int version) {
    return IndexFixture.rotation(
        database.transactions(),
        ledger.index(),
        List.of(ledger.reindexed()),
        keys.indexVersions(),
        version);
  }

  private static long importAll(TestLedger replica, List<Sale> sales) {
    long accepted = 0;
    for (int at = 0; at < sales.size(); at += 20) {
      accepted +=
          replica.take(sales.subList(at, at + 20)).stream()
              .filter(answer -> answer instanceof RowAnswer.Accepted)
              .count();
    }
    return accepted;
  }

  @SafeVarargs
  private static void assertKnown(TestLedger replica, List<Sale>... all) {
    for (List<Sale> sales : all) {
      assertThat(replica.take(sales)).allMatch(answer -> answer instanceof RowAnswer.Duplicate);
    }
  }

  private void assertTags(long older, long both, long newer) {
    assertThat(
            database.number(
                "SELECT count(*) FROM purchase_event WHERE version_a = 1 AND tag_b IS NULL"))
        .isEqualTo(older);
    assertThat(
            database.number(
                "SELECT count(*) FROM purchase_event WHERE version_a = 1 AND version_b = 2"))
        .isEqualTo(both);
    assertThat(
            database.number(
                "SELECT count(*) FROM purchase_event WHERE tag_a IS NULL AND version_b = 2"))
        .isEqualTo(newer);
  }

  private static List<Sale> sales(String name, int count) {
    List<Sale> sales = new ArrayList<>();
    Random random = new Random(name.hashCode());
    for (int i = 0; i < count; i++) {
      sales.add(TestLedger.randomSale(name + "-" + i, random, 9));
    }
    return sales;
  }
}
