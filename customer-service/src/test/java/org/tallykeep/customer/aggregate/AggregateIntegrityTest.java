package org.tallykeep.customer.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.RevisionCursor;
import org.tallykeep.customer.ledger.HistoryTooLong;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.ledger.TestLedger.Sale;
import org.tallykeep.customer.platform.DatasetKeys;
import org.tallykeep.customer.platform.FaultyDatabase;

/** Somebody writes to the database, or sends what cannot be counted. */
class AggregateIntegrityTest {

  private final FaultyDatabase database = FaultyDatabase.fresh();
  private final DatasetKeys keys = new DatasetKeys();
  private final TestLedger ledger = new TestLedger(database, keys);
  private final TestAggregates aggregates = new TestAggregates(database, keys, ledger.events());

  /** Whoever writes to the database must not get the next purchase to sign for what they did. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE aggregate_manifest SET count = 0, sum = decode(repeat('00', 32), 'hex')",
        "UPDATE aggregate_manifest SET revision = 9223372036854775806",
        "UPDATE aggregate_manifest SET signature = decode(repeat('00', 64), 'hex')",
        "DELETE FROM aggregate_manifest"
      })
  void aForgedManifestIsNotGoneOnFrom(String forgery) throws IOException {
    List<Sale> sales = sales(21, 60, 9);
    ledger.take(sales);
    aggregates.countAll();
    if (forgery.contains("count = 0")) {
      database.execute("DELETE FROM purchase_history");
      database.execute("DELETE FROM basket_history");
    }
    database.execute(forgery);
    ledger.take(List.of(new Sale("one more", "h-1", 10_000, "a0", 1)));

    assertThatThrownBy(aggregates::countAll)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("manifest");
    assertThatThrownBy(() -> aggregates.export(RevisionCursor.START))
        .isInstanceOf(IllegalStateException.class);
    assertThat(database.number("SELECT count(*) FROM purchase_pending")).isEqualTo(1);
  }

  @Test
  void rowsSetBackWithTheirManifestLeftAloneAreNotCoveredUpByTheNextPurchase() {
    ledger.take(List.of(new Sale("first", "h-1", 10_000, "a0", 1)));
    aggregates.countAll();
    database.execute("CREATE TABLE kept AS SELECT * FROM purchase_history");
    ledger.take(List.of(new Sale("second", "h-1", 10_001, "a0", 1)));
    aggregates.countAll();
    database.execute("DELETE FROM purchase_history");
    database.execute("INSERT INTO purchase_history SELECT * FROM kept");

    ledger.take(List.of(new Sale("third", "h-1", 10_002, "a0", 1)));
    aggregates.countAll();

    assertThat(aggregates.manifestsHold()).isFalse();
  }

  @Test
  void purchasesThatCannotBeCountedArePutAsideAndStopNobodyElse() {
    List<Sale> others = sales(23, 200, 60);
    ledger.take(others);
    // Any amount is taken at this level; two of these are more than a sum can hold.
    long huge = Long.MAX_VALUE - 5;
    ledger.take(
        List.of(
            new Sale("huge 1", "h-huge", 10_000, "z0", huge),
            new Sale("huge 2", "h-huge", 10_000, "z0", huge)));

    aggregates.countUntilNothingWaits();

    assertThat(aggregates.days()).hasSize(ids(others));
    assertThat(aggregates.manifestsHold()).isTrue();
    assertThat(database.number("SELECT count(*) FROM purchase_parked")).isEqualTo(2);
    assertThat(database.number("SELECT count(*) FROM purchase")).isEqualTo(others.size() + 2);
  }

  @Test
  void aHistoryThatGrowsWithoutEndIsPutAsideBeforeItIsTooLongToOpen() {
    for (int i = 0; i < 12; i++) {
      ledger.takeLargest("large " + i, "h-till");
    }
    ledger.take(List.of(new Sale("small", "h-other", 10_000, "a0", 1)));

    aggregates.countUntilNothingWaits();

    assertThat(database.number("SELECT count(*) FROM purchase_pending")).isZero();
    assertThat(database.number("SELECT count(*) FROM purchase_parked")).isPositive();
    assertThat(aggregates.days()).containsKey(TestLedger.purchaser("h-other"));
    assertThat(aggregates.rows(Dataset.BASKET_HISTORY))
        .allMatch(row -> row.sealed().length < 2 * HistoryTooLong.MOST_BYTES);
    assertThat(aggregates.manifestsHold()).isTrue();

    // As after a correction of one of theirs.
    aggregates.rebuild(TestLedger.purchaser("h-till"));

    assertThat(database.number("SELECT count(*) FROM purchaser_rebuild")).isZero();
    assertThat(database.number("SELECT count(*) FROM purchase_parked")).isPositive();
    assertThat(aggregates.manifestsHold()).isTrue();
  }

  @Test
  void aPublicKeyThatWasExchangedIsNotVouchedFor() throws Exception {
    ledger.take(sales(22, 20, 3));
    aggregates.countAll();
    byte[] foreign =
        java.security.KeyPairGenerator.getInstance("Ed25519")
            .generateKeyPair()
            .getPublic()
            .getEncoded();
    database.execute("UPDATE signing_key SET public_key = ?", (Object) foreign);
    TestAggregates restarted = new TestAggregates(database, keys, ledger.events());
    assertThatThrownBy(() -> restarted.export(RevisionCursor.START))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("signing key");
  }

  private static int ids(List<Sale> sales) {
    return (int) sales.stream().map(Sale::externalId).distinct().count();
  }

  private static List<Sale> sales(int seed, int count, int buyers) {
    Random random = new Random(seed);
    List<Sale> sales = new ArrayList<>();
    for (int i = 0; i < buyers; i++) {
      sales.add(new Sale("first-" + i, "h-" + i, 10_000 + i, "a0", i));
    }
    for (int i = buyers; i < count; i++) {
      sales.add(TestLedger.randomSale("s-" + i, random, buyers));
    }
    return sales;
  }
}
