package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.tallykeep.system.stack.OpenedHistories;
import org.tallykeep.system.stack.Reply;
import org.tallykeep.system.stack.Retailer;
import org.tallykeep.system.stack.Suite;

/**
 * Somebody writes to purchase histories in the database of a running suite: whoever predicts from
 * them says in which shard, and does not go on with them.
 */
@Order(11)
class HistoriesXIT {

  private static final int BUYERS = 400;

  private final Suite suite = Suite.get();
  private final Retailer retailer = new Retailer(suite);
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void everybodyBuysTwice() throws SQLException {
    buy("first", "2019-03-04");
    execute("CREATE TABLE set_back AS SELECT * FROM purchase_history");
    buy("second", "2019-05-06");
    execute("CREATE TABLE as_it_was AS SELECT * FROM purchase_history");
    retailer.refreshAnalytics();
  }

  @AfterEach
  void asItWas() throws SQLException {
    execute(
        """
        TRUNCATE purchase_history;
        INSERT INTO purchase_history SELECT * FROM as_it_was;
        DROP TABLE as_it_was, set_back
        """);
    Reply refreshed = refreshed();
    assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
  }

  @Test
  void aHistorySetBackIsNamedByItsShardAndRefused() throws SQLException {
    Victim victim =
        victims("JOIN set_back o ON o.id = h.id AND o.revision < h.revision").getFirst();
    execute(
        """
        UPDATE purchase_history h SET revision = o.revision, sealed = o.sealed
        FROM set_back o WHERE o.id = h.id AND h.id = '%s'
        """
            .formatted(victim.id()));

    assertRefused(victim.shard());
  }

  @Test
  void aHistoryThatIsGoneIsNamedByItsShardAndRefused() throws SQLException {
    Victim victim = victims("").getFirst();
    execute("DELETE FROM purchase_history WHERE id = '%s'".formatted(victim.id()));

    assertRefused(victim.shard());
  }

  @Test
  void twoHistoriesExchangedAreNamedByTheirShardAndRefused() throws SQLException {
    List<Victim> all = victims("");
    Victim one = all.getFirst();
    Victim other =
        all.stream()
            .filter(v -> v.shard() == one.shard() && !v.id().equals(one.id()))
            .findFirst()
            .orElseThrow();
    execute(
        """
        UPDATE purchase_history h SET revision = o.revision, sealed = o.sealed
        FROM as_it_was o
        WHERE (h.id = '%1$s' AND o.id = '%2$s') OR (h.id = '%2$s' AND o.id = '%1$s')
        """
            .formatted(one.id(), other.id()));

    assertRefused(one.shard());
  }

  /** A service that has loaded nothing yet can only go by what stands in the database. */
  private void assertRefused(int shard) {
    suite.analytics().kill();
    suite.analytics().begin();
    int logged = suite.analytics().log().length;

    Reply refused = refreshed();

    assertThat(refused.status()).as(refused.body()).isEqualTo(503);
    assertThat(refused.problem()).isEqualTo("histories-not-accounted-for");
    byte[] log = suite.analytics().log();
    assertThat(
            new String(
                Arrays.copyOfRange(log, Math.min(logged, log.length), log.length),
                StandardCharsets.UTF_8))
        .containsPattern("not what their manifests say: .*shard " + shard + "\\b");
    Reply predicted =
        retailer
            .analyticsAs("marketer")
            .post("/v1/backtests", "{\"until\":\"2019-04-01\",\"horizonDays\":30}");
    assertThat(predicted.status()).as("nothing is predicted").isEqualTo(503);
  }

  /** The answer to a refresh, as soon as the service answers anything about histories. */
  private Reply refreshed() {
    return await()
        .atMost(Duration.ofMinutes(2))
        .ignoreException(UncheckedIOException.class)
        .until(
            () -> retailer.analyticsAs("data-steward").post("/v1/refresh", ""),
            reply -> reply.status() == 200 || reply.body().contains("histories-"));
  }

  private record Victim(UUID id, int shard) {}

  private List<Victim> victims(String join) throws SQLException {
    List<Victim> victims = new ArrayList<>();
    try (Connection connection = OpenedHistories.connect(suite.database("customer-service"));
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT h.id, h.shard FROM purchase_history h " + join + " ORDER BY h.id")) {
      while (rows.next()) {
        victims.add(new Victim(rows.getObject(1, UUID.class), rows.getInt(2)));
      }
    }
    return victims;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = OpenedHistories.connect(suite.database("customer-service"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void buy(String what, String day) {
    retailer.bringAll(
        Retailer.PURCHASE_IMPORTS,
        IntStream.range(0, BUYERS)
            .mapToObj(
                i ->
                    """
                    {"eventId":"%1$s-%2$s-%3$d","externalId":"kept-%2$s-%3$d","day":"%4$s",\
                    "lines":[{"product":"P1","units":1,"amount":"1.01"}]}"""
                        .formatted(what, run, i, day))
            .toList());
    retailer.awaitAggregated();
  }
}
