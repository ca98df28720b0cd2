package org.tallykeep.customer.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.customer.aggregate.Finding.What;
import org.tallykeep.customer.ledger.TestLedger;
import org.tallykeep.customer.ledger.TestLedger.Happening;
import org.tallykeep.customer.ledger.TestLedger.Sale;
import org.tallykeep.customer.platform.DatasetKeys;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.Sql;

/**
 * Aggregates beside what the ledger gives, with and without somebody who writes to the database.
 */
class VerificationTest {

  private static final UUID BUYER = TestLedger.purchaser("h-1");
  private static final int SHARD = Shards.of(BUYER);

  private final FaultyDatabase database = FaultyDatabase.fresh();
  private final DatasetKeys keys = new DatasetKeys();
  private final TestLedger ledger = new TestLedger(database, keys);
  private final TestAggregates aggregates = new TestAggregates(database, keys, ledger.events());

  @BeforeEach
  void aRandomStreamWithReturnsAndCorrections() {
    Random random = new Random(17);
    List<Happening> stream = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      Sale sale = TestLedger.randomSale("e-" + i, random, 20);
      String corrects = i > 20 && random.nextInt(5) == 0 ? "e-" + (i - 20) : null;
      boolean takesBack = corrects != null && random.nextInt(3) == 0;
      stream.add(new Happening(sale, !takesBack && random.nextInt(6) == 0, corrects, takesBack));
    }
    // Two days of the same buyer whose last one is alone in its series.
    stream.add(new Happening(new Sale("own-1", "h-1", 10_100, "a0", 700), false, null, false));
    stream.add(new Happening(new Sale("own-2", "h-1", 10_101, "only", 900), false, null, false));
    for (int at = 0; at < stream.size(); at += 61) {
      ledger.takeHappenings(stream.subList(at, Math.min(stream.size(), at + 61)));
      aggregates.countAll();
    }
    aggregates.countUntilNothingWaits();
  }

  @Test
  void whatWasCountedIsWhatTheLedgerGives() {
    List<ShardCheck.Result> all = verifyAll();

    assertThat(found(all)).isEmpty();
    assertThat(all.stream().mapToLong(ShardCheck.Result::pseudonyms).sum())
        .isEqualTo(database.number("SELECT count(DISTINCT purchaser_id) FROM purchase"));
    assertThat(all.stream().mapToLong(ShardCheck.Result::events).sum())
        .isEqualTo(
            database.number(
                "SELECT (SELECT count(*) FROM purchase) - (SELECT count(*) FROM purchase_void)"));
    assertThat(database.number("SELECT count(*) FROM purchase_void")).isPositive();
  }

  @Test
  void whatWaitsOrWasPutAsideIsLeftOut() {
    ledger.take(List.of(new Sale("waits", "h-1", 10_000, "a0", 5)));
    ledger.take(
        List.of(
            new Sale("huge-1", "h-huge", 10_000, "z0", Long.MAX_VALUE - 5),
            new Sale("huge-2", "h-huge", 10_000, "z0", Long.MAX_VALUE - 5)));
    assertThat(found(verifyAll())).isEmpty();

    aggregates.countUntilNothingWaits();

    assertThat(database.number("SELECT count(*) FROM purchase_parked")).isEqualTo(2);
    assertThat(found(verifyAll())).isEmpty();
  }

  @Test
  void whoIsToBeMadeAnewIsNotComparedBefore() {
    ledger.takeHappenings(
        List.of(new Happening(new Sale("right", "h-1", 10_102, "a0", 1), false, "own-2", false)));

    ShardCheck.Result before = verify(SHARD);
    aggregates.countUntilNothingWaits();
    ShardCheck.Result after = verify(SHARD);

    assertThat(before.waiting()).isEqualTo(1);
    assertThat(before.findings()).isEmpty();
    assertThat(after.waiting()).isZero();
    assertThat(after.findings()).isEmpty();
  }

  @Test
  void anOpeningBalanceIsTakenAsItIsAndWhatComesAfterItIsCompared() {
    aggregates.makeOpening(BUYER);
    database.execute("DELETE FROM purchase WHERE purchaser_id = ?", BUYER);
    assertThat(verify(SHARD).findings()).isEmpty();
    ledger.take(List.of(new Sale("later", "h-1", 10_200, "a0", 11)));
    aggregates.countUntilNothingWaits();
    assertThat(verify(SHARD).findings()).isEmpty();

    database.execute("DELETE FROM purchase_history WHERE id = ?", BUYER);

    assertThat(whats(verify(SHARD))).containsEntry("purchase_history MISSING", 1L);
  }

  @ParameterizedTest
  @EnumSource(Dataset.class)
  void aRowThatIsGoneIsFoundAndNamed(Dataset dataset) {
    database.execute("DELETE FROM " + dataset.kind() + " WHERE id = ?", rowOf(dataset));

    assertFoundInShardOnly(
        Map.of(dataset.kind() + " MISSING", 1L, dataset.kind() + " NOT_ACCOUNTED_FOR", 1L));
  }

  @ParameterizedTest
  @EnumSource(Dataset.class)
  void aRowSetBackIsFoundAndNamed(Dataset dataset) {
    UUID id = rowOf(dataset);
    database.execute("CREATE TABLE kept AS SELECT * FROM " + dataset.kind() + " WHERE id = ?", id);
    ledger.take(List.of(new Sale("next", "h-1", 10_102, "only", 3)));
    aggregates.countUntilNothingWaits();
    assertThat(found(verifyAll())).isEmpty();
    database.execute("DELETE FROM " + dataset.kind() + " WHERE id = ?", id);
    database.execute("INSERT INTO " + dataset.kind() + " SELECT * FROM kept");

    assertFoundInShardOnly(
        Map.of(dataset.kind() + " DIFFERS", 1L, dataset.kind() + " NOT_ACCOUNTED_FOR", 1L));
  }

  @ParameterizedTest
  @EnumSource(Dataset.class)
  void rowsExchangedWithinAShardDoNotOpen(Dataset dataset) {
    UUID one = rowOf(dataset);
    UUID other = otherRow(dataset, one);
    database.execute(
        """
        UPDATE %1$s SET (sealed, revision) = (
            SELECT o.sealed, o.revision FROM %1$s o
            WHERE o.id = CASE WHEN %1$s.id = ?::uuid THEN ?::uuid ELSE ?::uuid END)
        WHERE id IN (?, ?)
        """
            .formatted(dataset.kind()),
        one,
        other,
        one,
        one,
        other);

    assertFoundInShardOnly(
        Map.of(dataset.kind() + " UNREADABLE", 2L, dataset.kind() + " NOT_ACCOUNTED_FOR", 1L));
  }

  @ParameterizedTest
  @EnumSource(Dataset.class)
  void anotherPayloadUnderTheSameRevisionIsFoundAndNamed(Dataset dataset) {
    UUID one = rowOf(dataset);
    aggregates.exchangePayload(dataset, one, otherRow(dataset, one));

    Map<String, Long> whats = whats(verify(SHARD));

    assertThat(whats).containsEntry(dataset.kind() + " NOT_ACCOUNTED_FOR", 1L);
    assertThat(whats.keySet())
        .as("%s", whats)
        .containsAnyOf(dataset.kind() + " DIFFERS", dataset.kind() + " UNEXPECTED");
    assertOtherShardsClean();
  }

  @ParameterizedTest
  @CsvSource({
    "SET count = count + 1, MANIFEST_NOT_SIGNED",
    "SET revision = 0, MANIFEST_NOT_SIGNED",
    "SET mac_key = gen_random_uuid(), MANIFEST_NOT_SIGNED",
    "gone, MANIFEST_MISSING"
  })
  void aManifestThatWasChangedOrTakenAwayIsNamed(String change, What what) {
    for (Dataset dataset : Dataset.values()) {
      database.execute("CREATE TABLE kept AS SELECT * FROM aggregate_manifest");
      database.execute(
          (change.equals("gone")
                  ? "DELETE FROM aggregate_manifest"
                  : "UPDATE aggregate_manifest " + change)
              + " WHERE dataset = ? AND shard = ?",
          dataset.kind(),
          SHARD);

      assertThat(whats(verify(SHARD))).containsEntry(dataset.kind() + " " + what, 1L);

      assertOtherShardsClean();
      database.execute("TRUNCATE aggregate_manifest");
      database.execute("INSERT INTO aggregate_manifest SELECT * FROM kept");
      database.execute("DROP TABLE kept");
      assertThat(found(verifyAll())).isEmpty();
    }
  }

  @Test
  void anEventTakenFromTheLedgerIsMissingThereAndNothingSpeaksAgainstTheManifests() {
    database.execute("DELETE FROM purchase WHERE id = ?", eventOfBuyer());

    assertLedgerLacksOne();
  }

  @Test
  void anEventDeclaredVoidIsMissingInTheLedger() {
    database.execute("INSERT INTO purchase_void VALUES (?)", eventOfBuyer());

    assertLedgerLacksOne();
  }

  @Test
  void aVoidEventThatIsBroughtBackIsNotCounted() {
    UUID buyer =
        database
            .transactions()
            .call(
                c ->
                    Sql.query(
                        c,
                        """
                        SELECT p.purchaser_id FROM purchase p
                        JOIN purchase_void v ON v.purchase_id = p.id ORDER BY p.id LIMIT 1
                        """,
                        row -> row.getObject(1, UUID.class)))
            .getFirst();
    database.execute(
        "DELETE FROM purchase_void WHERE purchase_id IN"
            + " (SELECT id FROM purchase WHERE purchaser_id = ?)",
        buyer);

    assertThat(whats(verify(Shards.of(buyer))))
        .containsKeys("purchase_history DIFFERS", "basket_history DIFFERS")
        .doesNotContainKey("purchase MISSING");
  }

  @Test
  void anEventThatDoesNotOpenIsNamedAndItsBuyerTakenAsTheyAre() {
    database.execute(
        "UPDATE purchase SET sealed = set_byte(sealed, 80, 255 - get_byte(sealed, 80))"
            + " WHERE id = ?",
        eventOfBuyer());

    assertFoundInShardOnly(Map.of("purchase UNREADABLE", 1L));
  }

  @Test
  void aRowOfNobodyIsUnexpected() {
    database.execute("DELETE FROM purchase WHERE purchaser_id = ?", BUYER);

    assertThat(whats(verify(SHARD)))
        .containsEntry("purchase_history UNEXPECTED", 1L)
        .containsEntry("basket_history UNEXPECTED", 1L);
  }

  @Test
  void purchasesAreTakenAndCountedWhileAShardIsCompared() {
    List<ShardCheck.Result> inOneSnapshot = new ArrayList<>();
    database
        .transactions()
        .run(
            connection -> {
              Verification.snapshot(connection);
              inOneSnapshot.add(aggregates.verification.verify(connection, SHARD));
              ledger.take(List.of(new Sale("meanwhile", "h-1", 10_300, "a0", 5)));
              aggregates.countUntilNothingWaits();
              inOneSnapshot.add(aggregates.verification.verify(connection, SHARD));
            });

    ShardCheck.Result before = inOneSnapshot.getFirst();
    assertThat(inOneSnapshot.getLast()).isEqualTo(before);
    assertThat(before.findings()).isEmpty();
    assertThat(verify(SHARD).events()).isEqualTo(before.events() + 1);
    assertThat(found(verifyAll())).isEmpty();
  }

  private void assertLedgerLacksOne() {
    Map<String, Long> whats = whats(verify(SHARD));
    assertThat(whats)
        .containsEntry("purchase MISSING", 1L)
        .containsEntry("purchase_history DIFFERS", 1L)
        .containsEntry("basket_history DIFFERS", 1L);
    assertThat(whats.keySet()).noneMatch(what -> what.contains("NOT_ACCOUNTED_FOR"));
    assertOtherShardsClean();
  }

  private void assertFoundInShardOnly(Map<String, Long> expected) {
    assertThat(whats(verify(SHARD))).isEqualTo(expected);
    assertOtherShardsClean();
  }

  private void assertOtherShardsClean() {
    assertThat(found(verifyAll())).allMatch(finding -> finding.shard() == SHARD);
  }

  private ShardCheck.Result verify(int shard) {
    return aggregates.verification.verify(shard);
  }

  private List<ShardCheck.Result> verifyAll() {
    return IntStream.range(0, Shards.COUNT).mapToObj(this::verify).toList();
  }

  private static List<Finding> found(List<ShardCheck.Result> results) {
    return results.stream().flatMap(result -> result.findings().stream()).toList();
  }

  private static Map<String, Long> whats(ShardCheck.Result result) {
    Map<String, Long> whats = new java.util.TreeMap<>();
    result
        .findings()
        .forEach(finding -> whats.put(finding.dataset() + " " + finding.what(), finding.count()));
    return whats;
  }

  /** A row of the buyer's, of series that of the product that nobody else bought. */
  private UUID rowOf(Dataset dataset) {
    return dataset == Dataset.SALES_SERIES ? aggregates.seriesRow(SHARD, "only") : BUYER;
  }

  private UUID otherRow(Dataset dataset, UUID id) {
    // Someone else who happens to be in the same shard, so that there is something to exchange.
    if (dataset != Dataset.SALES_SERIES) {
      String other =
          IntStream.range(0, 10_000)
              .mapToObj(i -> "neighbour-" + i)
              .filter(name -> Shards.of(TestLedger.purchaser(name)) == SHARD)
              .findFirst()
              .orElseThrow();
      ledger.take(List.of(new Sale("neighbour", other, 10_000, "b0", 77)));
      aggregates.countUntilNothingWaits();
      return TestLedger.purchaser(other);
    }
    return aggregates.rows(dataset).stream()
        .filter(row -> row.shard() == SHARD && !Set.of(id).contains(row.id()))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private UUID eventOfBuyer() {
    return database
        .transactions()
        .call(
            c ->
                Sql.query(
                    c,
                    """
                    SELECT id FROM purchase p WHERE purchaser_id = ?
                    AND NOT EXISTS (SELECT FROM purchase_void v WHERE v.purchase_id = p.id)
                    """,
                    row -> row.getObject(1, UUID.class),
                    BUYER))
        .stream()
        .filter(id -> aggregates.counted(BUYER).contains(id))
        .findFirst()
        .orElseThrow();
  }
}
