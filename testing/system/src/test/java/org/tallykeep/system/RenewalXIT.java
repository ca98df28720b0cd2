package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.system.stack.Client;
import org.tallykeep.system.stack.KeyClient;
import org.tallykeep.system.stack.OpenedHistories;
import org.tallykeep.system.stack.Reply;
import org.tallykeep.system.stack.Retailer;
import org.tallykeep.system.stack.Suite;

/** Everybody gets another pseudonym, however often the service is killed meanwhile. */
@Order(11)
class RenewalXIT {

  private static final int CUSTOMERS = 600;
  private static final int PURCHASES = 6_000;
  private static final int PREDICTED = 40;
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Suite suite = Suite.get();
  private final Retailer retailer = new Retailer(suite);
  private final Client officer = retailer.customerAs("security-officer");
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  @Test
  void aRenewalThatIsKilledGoesOnAndNothingElseChanges() throws SQLException {
    List<String> customers = ids(retailer.bringAll(Retailer.CUSTOMER_IMPORTS, customers()));
    List<String> purchases = IntStream.range(0, PURCHASES).mapToObj(this::purchase).toList();
    retailer.bringAll(Retailer.PURCHASE_IMPORTS, purchases);
    retailer.awaitAggregated();
    retailer.maintain("mix");
    retailer.maintain("mix-histories");
    retailer.refreshAnalytics();
    JsonNode predicted = predicted(customers.subList(0, PREDICTED));
    List<PurchaseHistory> histories = List.copyOf(OpenedHistories.of(suite).values());
    Set<UUID> names = purchasers();

    String renewal = begin();
    kill("state = 'pseudonyms' AND done > 0");
    assertThat(number("SELECT count(*) FROM purchaser_renewal WHERE sealed IS NULL"))
        .as("killed in the middle: so many are left")
        .isPositive();
    kill("state = 'pseudonyms' AND done > " + names.size() / 2 + " OR state <> 'pseudonyms'");
    assertThat(equal()).as("verified while it goes on").isTrue();
    awaitState(renewal, "index");

    Set<UUID> after = purchasers();
    assertThat(after).hasSizeGreaterThanOrEqualTo(names.size());
    assertThat(after).doesNotContainAnyElementsOf(names);
    assertThat(named(names)).isZero();
    Map<UUID, PurchaseHistory> renewed = OpenedHistories.of(suite);
    assertThat(renewed.keySet()).doesNotContainAnyElementsOf(names);
    assertThat(renewed.values()).containsExactlyInAnyOrderElementsOf(histories);
    assertThat(equal()).as("verified afterwards").isTrue();
    retailer.refreshAnalytics();
    assertThat(predicted(customers.subList(0, PREDICTED))).isEqualTo(predicted);
    assertThat(Retailer.statuses(retailer.bringAll(Retailer.PURCHASE_IMPORTS, purchases)))
        .containsOnly("duplicate");

    turnIndexOver();
    awaitState(renewal, "done");
  }

  private String begin() {
    Reply begun = officer.post("/v1/pseudonym-renewals", "");
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    return "/v1/pseudonym-renewals/" + begun.json().path("id").asText();
  }

  /** As soon as the renewal is at that, whatever it is doing. */
  private void kill(String when) {
    String query =
        "SELECT count(*) FROM pseudonym_renewal WHERE state <> 'done' AND (" + when + ")";
    Awaitility.await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> number(query) > 0);
    suite.customer().kill();
    suite.customer().restart();
  }

  private void awaitState(String renewal, String state) {
    Awaitility.await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> officer.get(renewal).json().path("state").asText(), state::equals);
  }

  /** Whether the aggregates are what the ledger gives. */
  private boolean equal() {
    Reply begun = officer.post("/v1/aggregates/verify", "");
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    String verification = "/v1/aggregates/verifications/" + begun.json().path("id").asText();
    Awaitility.await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(250))
        .until(() -> officer.get(verification).json().path("state").asText(), "done"::equals);
    return officer.get(verification).json().path("equal").asBoolean();
  }

  private void turnIndexOver() {
    Reply begun =
        new KeyClient(suite.keyvault())
            .officer()
            .post("/v1/rotations", "{\"kind\":\"dataset\",\"purpose\":\"index\",\"force\":true}");
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
  }

  private JsonNode predicted(List<String> customers) {
    String named =
        customers.stream().map("\"%s\""::formatted).collect(Collectors.joining(",", "[", "]"));
    Reply reply =
        retailer
            .customerAs("marketer")
            .post("/v1/predictions", "{\"customers\":%s,\"horizonDays\":90}".formatted(named));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    JsonNode predictions = reply.json().path("predictions");
    assertThat(predictions).hasSize(customers.size());
    assertThat(predictions).anyMatch(each -> each.path("eligible").asBoolean());
    return predictions;
  }

  private Set<UUID> purchasers() throws SQLException {
    Set<UUID> purchasers = new HashSet<>();
    try (Connection connection = OpenedHistories.connect(suite.database("customer-service"));
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT id FROM purchaser")) {
      while (found.next()) {
        purchasers.add(found.getObject(1, UUID.class));
      }
    }
    return purchasers;
  }

  /** How often one of these stands in any column of ids. */
  private long named(Set<UUID> names) throws SQLException {
    long named = 0;
    try (Connection connection = OpenedHistories.connect(suite.database("customer-service"));
        Statement statement = connection.createStatement()) {
      List<String> queries = new ArrayList<>();
      try (ResultSet columns =
          statement.executeQuery(
              """
              SELECT format('SELECT %I FROM %I', column_name, table_name)
              FROM information_schema.columns
              WHERE table_schema = 'public' AND data_type = 'uuid'
              """)) {
        while (columns.next()) {
          queries.add(columns.getString(1));
        }
      }
      for (String query : queries) {
        try (ResultSet found = statement.executeQuery(query)) {
          while (found.next()) {
            named += names.contains(found.getObject(1, UUID.class)) ? 1 : 0;
          }
        }
      }
    }
    return named;
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = OpenedHistories.connect(suite.database("customer-service"));
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }

  private static List<String> ids(List<JsonNode> answers) {
    return answers.stream().map(row -> row.path("id").asText()).toList();
  }

  private List<String> customers() {
    return IntStream.range(0, CUSTOMERS)
        .mapToObj(
            i ->
                """
                {"externalId":"%1$s","name":{"given":"Ada"},"emails":["%1$s@example.org"]}"""
                    .formatted(who(i)))
        .toList();
  }

  private String who(int i) {
    return "renewed-" + run + "-" + i;
  }

  /** Half of the buyers have a profile, the others are anonymous. */
  private String purchase(int i) {
    return """
        {"eventId":"renewed-%1$s-%2$d","externalId":"%3$s","day":"2019-%4$02d-%5$02d",\
        "lines":[{"product":"P%6$d","units":1,"amount":"1.01"}]}"""
        .formatted(run, i, who(i % (2 * CUSTOMERS)), 1 + i % 12, 1 + i % 28, i % 100);
  }
}
