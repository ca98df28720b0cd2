package org.tallykeep.customer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.ledger.TestLedger.Sale;
import org.tallykeep.customer.platform.DatabaseException;
import org.tallykeep.customer.platform.DatasetKeys;
import org.tallykeep.customer.platform.FaultyDatabase;

class LedgerTest {

  private final FaultyDatabase database = FaultyDatabase.fresh();
  private final TestLedger ledger = new TestLedger(database, new DatasetKeys());

  @Test
  void anEventIsTakenOnceWithinABatchAndAcrossBatches() {
    Sale sale = new Sale("e-1", "h", 10_000, "a", 199);
    Sale other = new Sale("e-1", "h", 10_000, "a", 200);
    Sale otherBuyer = new Sale("e-1", "i", 10_000, "a", 199);
    assertThat(ledger.take(List.of(sale, sale, other)))
        .extracting(Object::getClass)
        .containsExactly(
            RowAnswer.Accepted.class, RowAnswer.Duplicate.class, RowAnswer.Conflict.class);
    assertThat(ledger.take(List.of(other, sale, otherBuyer)))
        .extracting(Object::getClass)
        .containsExactly(
            RowAnswer.Conflict.class, RowAnswer.Duplicate.class, RowAnswer.Conflict.class);
    assertRows(1);
    assertThat(ledger.announced).hasValue(1);
  }

  @Test
  void anEventWhosePurchaseWasDamagedStopsNothingThatComesBehindIt() {
    Sale damaged = new Sale("e-1", "h", 10_000, "a", 199);
    ledger.take(List.of(damaged));
    database.execute(
        "UPDATE purchase SET sealed = set_byte(sealed, 80, 255 - get_byte(sealed, 80))");
    assertThat(ledger.take(List.of(damaged, new Sale("e-2", "h", 10_000, "a", 199))))
        .extracting(Object::getClass)
        .containsExactly(RowAnswer.Conflict.class, RowAnswer.Accepted.class);
    assertRows(2);
  }

  @Test
  void aCustomerWhoDoesNotExistIsRefusedAndTheOthersAreTaken() {
    assertThat(ledger.takeOf(TestLedger.NOBODY))
        .isEqualTo(
            new RowAnswer.Refused("unknown-customer", "customerId", "no customer has this id"));
    assertThat(ledger.takeOf(UUID.randomUUID())).isInstanceOf(RowAnswer.Accepted.class);
    assertRows(1);
  }

  @Test
  void whereverABatchDiesAllOfItIsThereOrNothing() {
    List<Sale> sales = sales(30);
    int taken = 0;
    for (int step = 0; ; step++) {
      database.failAt(step);
      List<Sale> batch = sales.subList(0, Math.min(sales.size(), step + 1));
      try {
        ledger.take(batch);
      } catch (DatabaseException e) {
        long rows = database.number("SELECT count(*) FROM purchase_event");
        assertThat(rows).isIn((long) taken, (long) batch.size());
        assertRows(rows);
        taken = (int) rows;
        continue;
      }
      boolean untouched = database.stillToFail();
      taken = batch.size();
      assertRows(taken);
      if (untouched) {
        break;
      }
    }
    assertThat(ledger.take(sales)).hasSize(sales.size());
    assertRows(sales.size());
  }

  @Test
  void theSameEventsFromManySidesAtOnceAreTakenOnce() throws Exception {
    List<Sale> sales = sales(400);
    List<Callable<List<RowAnswer>>> imports = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      List<Sale> shuffled = new ArrayList<>(sales);
      Collections.shuffle(shuffled, new Random(i));
      imports.add(() -> ledger.take(shuffled));
    }
    long accepted = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<List<RowAnswer>> answers : threads.invokeAll(imports)) {
        accepted += answers.get().stream().filter(a -> a instanceof RowAnswer.Accepted).count();
      }
    }
    assertThat(accepted).isEqualTo(sales.size());
    assertRows(sales.size());
  }

  @Test
  void aClosedPartitionIsRewrittenAndNothingIsLost() {
    ledger.take(sales(50));
    ledger.closePartition();
    ledger.closePartition();
    assertThat(database.number("SELECT number FROM ledger_partition WHERE NOT closed"))
        .as("an empty partition stays open")
        .isEqualTo(2);
    ledger.take(List.of(new Sale("later", "h", 10_000, "a", 1)));
    database.transactions().run(ledger::rewrite);
    assertRows(51);
    assertThat(database.number("SELECT count(DISTINCT xmin::text) FROM purchase_1")).isEqualTo(1);
    assertThat(
            database.number(
                "SELECT count(*) FROM (SELECT id, lag(id) OVER (ORDER BY ctid) AS before"
                    + " FROM purchase_1) o WHERE before > id"))
        .as("rows stand in the order of their random ids")
        .isZero();
    assertThat(ledger.take(sales(50))).allMatch(a -> a instanceof RowAnswer.Duplicate);
  }

  private static List<Sale> sales(int count) {
    List<Sale> sales = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < count; i++) {
      sales.add(TestLedger.randomSale("s-" + i, random, 9));
    }
    return sales;
  }

  private void assertRows(long rows) {
    assertThat(database.number("SELECT count(*) FROM purchase_event")).isEqualTo(rows);
    assertThat(database.number("SELECT count(*) FROM purchase")).isEqualTo(rows);
    assertThat(database.number("SELECT count(*) FROM purchase_pending")).isEqualTo(rows);
  }
}
