package org.tallykeep.customer.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.SalesSeries;
import org.tallykeep.aggregates.Traits;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.ledger.TestLedger.Happening;
import org.tallykeep.customer.ledger.TestLedger.Sale;
import org.tallykeep.customer.platform.DatabaseException;
import org.tallykeep.customer.platform.Refusal;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.purchaser.SlowPurchasers;

/** Customers who are erased in either mode, with a death at every step. */
class ErasureTest {

  private final TestErasures parts = new TestErasures();

  @Test
  void whereverItDiesASeveredCustomerIsGoneAndAllThatWasBoughtStaysCounted() {
    int died = 0;
    boolean failed = true;
    for (int step = 0; failed; step++) {
      String name = "sever-" + step;
      UUID customer = parts.signUp(name);
      UUID purchaser = parts.purchaserOf(customer);
      buyAndCount(name);
      Map<String, SalesSeries.Day> before = withTheOneThatWaits();

      failed = eraseDyingAt(step, customer, Mode.SEVER);

      died += failed ? 1 : 0;
      assertThat(parts.histories.series()).as("died at %d", step).isEqualTo(before);
      assertThat(parts.histories.days(purchaser).orElseThrow().traits())
          .isEqualTo(new Traits(true, false, Map.of()));
      assertThat(parts.histories.baskets(purchaser).orElseThrow().orders()).hasSize(3);
      assertGone(customer, purchaser);
    }
    assertThat(died).isGreaterThan(60);
    assertThat(parts.histories.manifestsHold()).isTrue();
  }

  @Test
  void whereverItDiesAPurgedCustomerHasNeverBeen() {
    parts.signUp("stays");
    parts.buy("stays", "stays-1", 10_001);
    parts.buy("anonymous", "stays-2", 10_002);
    parts.histories.count();
    Map<String, String> never = parts.histories.payloads();
    int died = 0;
    boolean failed = true;
    for (int step = 0; failed; step++) {
      String name = "purge-" + step;
      UUID customer = parts.signUp(name);
      UUID purchaser = parts.purchaserOf(customer);
      buyAndCount(name);

      failed = eraseDyingAt(step, customer, Mode.PURGE);

      died += failed ? 1 : 0;
      assertThat(parts.histories.payloads()).as("died at %d", step).isEqualTo(never);
      assertGone(customer, purchaser);
    }
    assertThat(died).isGreaterThan(60);
    assertThat(parts.histories.manifestsHold()).isTrue();
    assertThat(parts.rows("purchase_event")).isEqualTo(2);
  }

  @Test
  void whatWasCorrectedIsGoneAsWellAndASeveredHistoryIsThatOfWhatCounts() {
    UUID customer = parts.signUp("h-1");
    UUID purchaser = parts.purchaserOf(customer);
    parts.buy("h-1", "wrong", 10_001);
    parts.histories.count();
    parts.ledger.takeHappenings(
        List.of(new Happening(new Sale("right", "h-1", 10_005, "b1", 70), false, "wrong", false)));

    parts.erase(customer, Mode.SEVER);

    assertThat(parts.histories.baskets(purchaser).orElseThrow().orders())
        .extracting(order -> order.epochDay())
        .containsExactly(10_005);
    assertGone(customer, purchaser);
    assertThat(parts.rows("purchase_correction")).isZero();
    assertThat(parts.rows("purchase_void")).isZero();
    assertThat(parts.rows("purchaser_rebuild")).isZero();
    RowAnswer again =
        parts
            .ledger
            .takeHappenings(
                List.of(
                    new Happening(
                        new Sale("righter", "h-1", 10_006, "b1", 71), false, "right", false)))
            .getFirst();
    assertThat(code(again)).isEqualTo("erased");
    assertThat(parts.histories.manifestsHold()).isTrue();
  }

  @Test
  void whoBoughtNothingLeavesNothing() {
    UUID customer = parts.signUp("h-1");
    UUID purchaser = parts.purchaserOf(customer);

    Erasure erasure = parts.erase(customer, Mode.SEVER);

    assertThat(parts.histories.payloads()).isEmpty();
    assertGone(customer, purchaser);
    assertThat(parts.revocations.lastCase).isEqualTo("DSR-1");
    assertThat(erasure.progress().pseudonymReceipt()).startsWith("PSEUDONYM");
    assertThat(erasure.progress().ended()).isEqualTo(TestErasures.NOW.getEpochSecond());
  }

  @Test
  void askedAgainItAnswersTheSameAndInTheOtherModeNothing() {
    UUID customer = parts.signUp("h-1");
    Erasure erasure = parts.erase(customer, Mode.SEVER);

    assertThat(parts.erase(customer, Mode.SEVER)).isEqualTo(erasure);
    assertThat(parts.erasures.find(erasure.id())).contains(erasure);
    assertThat(parts.erasures.after(new UUID(0, 0), 10)).containsExactly(erasure);
    assertThatThrownBy(() -> parts.erase(customer, Mode.PURGE))
        .isInstanceOf(Refusal.Conflict.class);
    assertThatThrownBy(() -> parts.erase(UUID.randomUUID(), Mode.SEVER))
        .isInstanceOf(Refusal.NotFound.class);
  }

  @Test
  void whoCannotBeToldApartFromTheirPurchaserIsNotErasedUntilTheKeyIsKnownToBeDestroyed() {
    UUID customer = parts.signUp("h-1");
    UUID key = parts.customers.erasure.keyOf(customer).orElseThrow();
    parts.keys.destroy(key);

    assertThatThrownBy(() -> parts.erase(customer, Mode.SEVER))
        .hasMessageContaining("keys-unavailable");
    assertThat(parts.rows("customer")).isOne();
    parts.revocations.destroy(Revocations.Kind.SUBJECT, key, Mode.SEVER, null);

    Erasure erasure = parts.erase(customer, Mode.SEVER);
    assertThat(erasure.isDone()).isTrue();
    assertThat(erasure.progress().pseudonymReceipt()).isNull();
    assertThat(parts.rows("customer")).isZero();
  }

  @Test
  void aPurchaseThatWasUnderWayIsNotTakenAnyMore() {
    UUID customer = parts.signUp("h-1");
    parts.buy("h-1", "before", 10_001);
    TestLedger late =
        new TestLedger(
            parts.database,
            parts.keys,
            new SlowPurchasers(
                parts.customers.links.purchasers, () -> parts.erase(customer, Mode.PURGE)));

    RowAnswer answer = late.take(List.of(new Sale("late", "h-1", 10_002, "a1", 1))).getFirst();

    assertThat(code(answer)).isEqualTo("erased");
    assertThat(parts.rows("purchase")).isZero();
    parts.histories.count();
    assertThat(parts.histories.payloads()).isEmpty();
  }

  @Test
  void whoBoughtWithoutAProfileBeforeIsNotFoundByTheExternalIdAnyMore() {
    parts.buy("h-1", "anonymous", 10_001);
    UUID customer = parts.signUp("h-1");
    assertThat(parts.rows("purchaser_external_id")).isOne();

    parts.erase(customer, Mode.PURGE);

    assertThat(parts.rows("purchaser_external_id")).isZero();
    assertThat(code(parts.buy("h-1", "again", 10_002).getFirst())).isEqualTo("erased");
  }

  @Test
  void noTransactionWroteBothSides() {
    UUID customer = parts.signUp("h-1");
    parts.buy("h-1", "e", 10_001);
    parts.histories.count();

    parts.erase(customer, Mode.SEVER);

    assertThat(
            parts.database.number(
                """
                SELECT count(*) FROM
                    (SELECT xmin::text FROM erasure UNION SELECT xmin::text FROM suppression) AS c
                JOIN (SELECT xmin::text FROM purchaser_gone
                      UNION SELECT xmin::text FROM purchase_history) AS p USING (xmin)
                """))
        .isZero();
  }

  @Test
  void aRewriteLeavesTheOrderOfRandomIdsAndTheRecordsAsTheyWere() {
    List<Erasure> erased =
        IntStream.range(0, 12)
            .mapToObj(i -> parts.erase(parts.signUp("h-" + i), Mode.SEVER))
            .toList();

    parts.database.transactions().run(c -> new ErasureTables().rewrite(c));

    assertThat(parts.erasures.after(new UUID(0, 0), 20))
        .containsExactlyInAnyOrderElementsOf(erased);
    for (String table : List.of("erasure ORDER BY %s, id", "suppression ORDER BY %s, mark")) {
      assertThat(order(table.formatted("ctid"))).isEqualTo(order(table.formatted("1 = 1")));
    }
    assertThat(parts.rows("suppression")).isEqualTo(36);
  }

  private String order(String rows) {
    return parts
        .database
        .transactions()
        .call(
            c ->
                Sql.query(
                    c,
                    "SELECT t::text FROM (SELECT * FROM " + rows + ") AS t",
                    r -> r.getString(1)))
        .toString();
  }

  private void buyAndCount(String name) {
    parts.buy(name, name + "-1", 10_001);
    parts.buy(name, name + "-2", 10_001);
    parts.histories.count();
    parts.buy(name, name + "-3", 10_003);
  }

  /** As the series will be when the purchase that waits is counted; each is of the same goods. */
  private Map<String, SalesSeries.Day> withTheOneThatWaits() {
    Map<String, SalesSeries.Day> series = new TreeMap<>(parts.histories.series());
    for (String level : List.of("PRODUCT a1", "CATEGORY ca", "DEPARTMENT d")) {
      series.merge(level + " 10003", new SalesSeries.Day(10_003, 2, 500, 1), SalesSeries.Day::plus);
    }
    return series;
  }

  /** Whether there was a death; afterwards it is finished by the loop or by asking again. */
  private boolean eraseDyingAt(int step, UUID customer, Mode mode) {
    parts.database.failAt(step);
    try {
      parts.erase(customer, mode);
    } catch (DatabaseException e) {
      // As meant.
    }
    boolean failed = !parts.database.stillToFail();
    parts.loop.goOn();
    Erasure erasure = parts.erase(customer, mode);
    assertThat(erasure.isDone()).isTrue();
    assertThat(erasure.progress().purchaser()).isNull();
    assertThat(erasure.progress().subjectReceipt()).startsWith("SUBJECT");
    assertThat(erasure.progress().pseudonymReceipt()).startsWith("PSEUDONYM");
    assertThat(parts.erasures.open()).isEmpty();
    return failed;
  }

  private void assertGone(UUID customer, UUID purchaser) {
    assertThat(parts.leftOf(purchaser).values()).containsOnly(0L);
    for (String table : Set.of("customer_link", "customer_email", "customer_external_id")) {
      assertThat(
              parts.database.number(
                  "SELECT count(*) FROM %s WHERE customer_id = '%s'".formatted(table, customer)))
          .isZero();
    }
    assertThat(parts.customers.links.links.purchasersOf(List.of(customer))).isEmpty();
  }

  static String code(RowAnswer answer) {
    return answer instanceof RowAnswer.Refused(String code, String field, String detail)
        ? code
        : answer.toString();
  }
}
