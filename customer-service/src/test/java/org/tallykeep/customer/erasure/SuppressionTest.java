package org.tallykeep.customer.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.imports.RowAnswer;
import org.tallykeep.customer.index.IndexFixture;
import org.tallykeep.customer.index.Reindexed;
import org.tallykeep.customer.platform.Sql;

/** Erased customers who are sent again, also after a restore and under another index key. */
class SuppressionTest {

  private final TestErasures parts = new TestErasures();

  @Test
  void whoWasErasedDoesNotComeBackByAnythingThatWasTheirs() {
    UUID customer = parts.signUp("h-1");
    parts.erase(customer, Mode.SEVER);

    assertKeptAway("h-1");
    assertThat(parts.customers.send("{\"externalId\":\"h-2\",\"name\":{\"given\":\"Eva\"}}"))
        .first()
        .isInstanceOf(RowAnswer.Created.class);
    assertThat(parts.buy("h-2", "e-2", 10_001)).containsExactly(new RowAnswer.Accepted());
    assertThat(parts.buy("h-3", "e-3", 10_001)).containsExactly(new RowAnswer.Accepted());
  }

  @Test
  void anEqualAddressOfAnotherOccurrenceIsKnownAsWell() {
    parts.customers.send(
        "{\"externalId\":\"first\",\"name\":{\"given\":\"A\"},\"emails\":[\"x@example.org\"]}",
        "{\"externalId\":\"second\",\"name\":{\"given\":\"B\"},\"emails\":[\"x@example.org\"]}");

    parts.erase(parts.customers.find("second").iterator().next(), Mode.PURGE);

    RowAnswer answer =
        parts
            .customers
            .send("{\"name\":{\"given\":\"B\"},\"emails\":[\"X@example.org\"]}")
            .getFirst();
    assertThat(ErasureTest.code(answer)).isEqualTo("erased");
  }

  @Test
  void whoWantsToComesBackAsSomebodyNewAndIsNotKeptAwayAnyMore() {
    UUID customer = parts.signUp("h-1");
    parts.erase(customer, Mode.SEVER);
    String back = TestErasures.profile("h-1").strip().replaceFirst("}$", ",\"reinstate\":true}");

    RowAnswer answer = parts.customers.send(back).getFirst();

    assertThat(answer).isInstanceOf(RowAnswer.Created.class);
    assertThat(parts.customers.find("h-1")).hasSize(1).doesNotContain(customer);
    assertThat(parts.rows("suppression")).isZero();
    assertThat(parts.buy("h-1", "again", 10_001)).containsExactly(new RowAnswer.Accepted());
    assertThat(parts.customers.send(TestErasures.profile("h-1")).getFirst())
        .isInstanceOf(RowAnswer.Duplicate.class);
  }

  @Test
  void marksOutliveTheIndexKeyThatTheirTagsWereMadeWith() {
    parts.erase(parts.signUp("h-1"), Mode.SEVER);
    parts.signUp("stays");
    rotate(2);
    assertThat(parts.keys.indexVersions().isLive(1)).isTrue();
    assertKeptAway("h-1");

    parts.erase(parts.signUp("h-2"), Mode.PURGE);
    rotate(3);

    assertThat(parts.keys.indexVersions().isLive(2)).isTrue();
    assertKeptAway("h-1");
    assertKeptAway("h-2");
    assertThat(parts.customers.find("stays")).hasSize(1);
  }

  @Test
  void aVersionUnderWhichThereIsNoMarkEndsAsBefore() {
    parts.signUp("stays");
    rotate(2);
    parts.erase(parts.signUp("h-1"), Mode.SEVER);

    assertThat(parts.keys.indexVersions().isLive(1)).isFalse();
    rotate(3);
    assertThat(parts.keys.indexVersions().isLive(2)).isTrue();
    assertKeptAway("h-1");
  }

  @Test
  void whatARestoreBringsBackIsErasedAnew() {
    UUID severed = parts.signUp("severed");
    UUID severedPurchaser = parts.purchaserOf(severed);
    parts.buy("severed", "s-1", 10_001);
    parts.histories.count();
    var without = parts.histories.payloads();
    UUID purged = parts.signUp("purged");
    UUID purgedPurchaser = parts.purchaserOf(purged);
    parts.buy("purged", "p-1", 10_001);
    parts.histories.count();
    parts.buy("severed", "s-2", 10_002);
    UUID stays = parts.signUp("stays");
    backUp();
    parts.erase(severed, Mode.SEVER);
    parts.erase(purged, Mode.PURGE);
    var series = parts.histories.series();
    var payloads = parts.histories.payloads();

    restore();
    assertThat(parts.rows("customer")).isEqualTo(3);
    assertThat(parts.replay.run()).containsEntry("customers", 2L).containsEntry("purchasers", 2L);

    assertThat(parts.customers.find("stays")).containsExactly(stays);
    assertThat(parts.rows("customer")).isOne();
    assertThat(parts.leftOf(severedPurchaser).values()).containsOnly(0L);
    assertThat(parts.leftOf(purgedPurchaser).values()).containsOnly(0L);
    assertThat(parts.histories.series()).isEqualTo(series);
    assertThat(parts.histories.payloads()).isEqualTo(payloads).hasSameSizeAs(without);
    assertThat(parts.histories.days(severedPurchaser).orElseThrow().traits().opening()).isTrue();
    assertThat(parts.histories.manifestsHold()).isTrue();
    assertKeptAway("severed");
    assertKeptAway("purged");
    assertThat(parts.replay.run()).containsEntry("customers", 0L).containsEntry("purchasers", 0L);
  }

  @Test
  void aReplayAsksInPagesAndLeavesAllOthersAlone() {
    for (int i = 0; i < 2_100; i += 100) {
      List<String> lines = new ArrayList<>();
      for (int j = i; j < i + 100; j++) {
        lines.add("{\"externalId\":\"page-%d\",\"name\":{\"given\":\"A\"}}".formatted(j));
      }
      parts.customers.send(lines.toArray(String[]::new));
    }
    parts.revocations.asked = 0;

    assertThat(parts.replay.run()).containsEntry("customers", 0L);

    assertThat(parts.rows("customer")).isEqualTo(2_100);
    assertThat(parts.revocations.asked).isGreaterThanOrEqualTo(6);
  }

  private void assertKeptAway(String name) {
    for (String line :
        List.of(
            TestErasures.profile(name),
            "{\"externalIds\":[\"new\",\"%s\"],\"name\":{\"given\":\"A\"}}".formatted(name),
            "{\"name\":{\"given\":\"A\"},\"emails\":[\"%s@example.org\"]}".formatted(name),
            "{\"name\":{\"given\":\"A\"},\"phones\":[\"+1202555%04d\"]}"
                .formatted(Math.floorMod(name.hashCode(), 10_000)))) {
      assertThat(ErasureTest.code(parts.customers.send(line).getFirst())).isEqualTo("erased");
    }
    assertThat(ErasureTest.code(parts.buy(name, "again-" + name, 10_009).getFirst()))
        .isEqualTo("erased");
    assertThat(parts.customers.find(name)).isEmpty();
  }

  private void rotate(int version) {
    List<Reindexed> all = new ArrayList<>(parts.customers.reindexed());
    all.add(parts.ledger.reindexed());
    parts.keys.indexVersions().make(version);
    IndexFixture.rotation(
            parts.database.transactions(),
            parts.customers.index,
            all,
            parts.keys.indexVersions(),
            version)
        .run();
    assertThat(
            parts.database.number(
                "SELECT count(*) FROM index_version WHERE settled = %d AND coming IS NULL"
                    .formatted(version)))
        .isOne();
  }

  private List<String> tables() {
    return parts
        .database
        .transactions()
        .call(
            c ->
                Sql.query(
                    c,
                    """
                    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                      AND c.relname <> 'flyway_schema_history'
                    -- The customer before what refers to them.
                    ORDER BY c.relname <> 'customer', c.relname
                    """,
                    row -> row.getString(1)));
  }

  private void backUp() {
    parts.database.execute("CREATE SCHEMA saved");
    tables()
        .forEach(
            name ->
                parts.database.execute("CREATE TABLE saved.%1$s AS TABLE %1$s".formatted(name)));
  }

  private void restore() {
    parts
        .database
        .transactions()
        .run(
            c -> {
              List<String> tables = tables();
              for (String name : tables) {
                Sql.update(c, "DELETE FROM " + name);
              }
              for (String name : tables) {
                Sql.update(c, "INSERT INTO %1$s SELECT * FROM saved.%1$s".formatted(name));
              }
            });
  }
}
