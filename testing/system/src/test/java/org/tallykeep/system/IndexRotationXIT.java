package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

/** The index key is turned over while services are killed and imports go on. */
@Order(7)
class IndexRotationXIT {

  private static final int CUSTOMERS = 1_500;
  private static final int PURCHASES = 12_000;

  private final Suite suite = Suite.get();
  private final Retailer retailer = new Retailer(suite);
  private final Client officer = new KeyClient(suite.keyvault()).officer();
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  @Test
  void everybodyIsFoundAndEveryPurchaseCountsOnceWhateverIsKilled() throws SQLException {
    List<String> customers = IntStream.range(0, CUSTOMERS).mapToObj(this::customer).toList();
    List<String> purchases = IntStream.range(0, PURCHASES).mapToObj(this::purchase).toList();
    retailer.bringAll(Retailer.CUSTOMER_IMPORTS, customers);
    retailer.awaitAggregated();
    long before = ordersOfAll();
    retailer.bringAll(Retailer.PURCHASE_IMPORTS, purchases.subList(0, PURCHASES / 2));
    String job = begin();

    for (String killed : List.of("customer-service", "keyvault-service", "customer-service")) {
      // Wherever it is by then.
      importSome(purchases);
      suite.service(killed).kill();
      suite.service(killed).restart();
    }

    retailer.bringAll(Retailer.PURCHASE_IMPORTS, purchases);
    Awaitility.await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> officer.get(job).json().path("state").asText(), "done"::equals);
    assertThat(Retailer.statuses(retailer.bringAll(Retailer.PURCHASE_IMPORTS, purchases)))
        .containsOnly("duplicate");
    assertThat(Retailer.statuses(retailer.bringAll(Retailer.CUSTOMER_IMPORTS, customers)))
        .containsOnly("duplicate");
    retailer.awaitAggregated();
    assertThat(ordersOfAll() - before).isEqualTo(PURCHASES);
    assertFound();
    assertNothingOfTheOlderVersion();
  }

  private String begin() {
    Reply begun = officer.post("/v1/rotations", "{\"kind\":\"dataset\",\"purpose\":\"index\"}");
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    return "/v1/rotations/" + begun.json().path("id").asText();
  }

  /** As a program would that goes on another time when the service is gone. */
  private void importSome(List<String> purchases) {
    try {
      retailer.ingest().importLines(Retailer.PURCHASE_IMPORTS, purchases.subList(0, 2_000));
    } catch (UncheckedIOException brokenOff) {
      // All of it is sent again in the end.
    }
  }

  private void assertFound() {
    Client privacy = retailer.customerAs("privacy-officer");
    for (int i = 0; i < CUSTOMERS; i += 50) {
      for (String criterion :
          List.of(
              "{\"externalId\":\"%s\"}".formatted(who(i)),
              "{\"email\":\"%s@example.org\"}".formatted(who(i)))) {
        Reply found = privacy.post("/v1/customers/search", criterion);
        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(found.json().path("customers")).as(criterion).hasSize(1);
      }
    }
  }

  private void assertNothingOfTheOlderVersion() throws SQLException {
    for (String table :
        List.of(
            "customer_external_id",
            "customer_email",
            "customer_phone",
            "purchaser_external_id",
            "purchase_event")) {
      assertThat(
              number(
                  "SELECT count(*) FROM %s WHERE num_nonnulls(tag_a, tag_b) > 1".formatted(table)))
          .as(table)
          .isZero();
      assertThat(
              number(
                  """
                  SELECT count(*) FROM %s, index_version
                  WHERE coalesce(version_a, version_b) <> settled OR coming IS NOT NULL
                  """
                      .formatted(table)))
          .as(table)
          .isZero();
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = OpenedHistories.connect(suite.database("customer-service"));
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }

  private long ordersOfAll() {
    Map<UUID, PurchaseHistory> histories = OpenedHistories.of(suite);
    return histories.values().stream()
        .flatMap(history -> history.days().stream())
        .mapToLong(PurchaseHistory.Day::orders)
        .sum();
  }

  private String who(int i) {
    return "turned-" + run + "-" + i;
  }

  private String customer(int i) {
    return """
        {"externalId":"%1$s","name":{"given":"Ada"},"emails":["%1$s@example.org"],\
        "phones":["+44207946%2$04d"]}"""
        .formatted(who(i), i % 900);
  }

  /** Half of the buyers have a profile, the others are anonymous. */
  private String purchase(int i) {
    return """
        {"eventId":"turned-%1$s-%2$d","externalId":"%3$s","day":"2019-%4$02d-%5$02d",\
        "lines":[{"product":"P%6$d","units":1,"amount":"1.01"}]}"""
        .formatted(run, i, who(i % (2 * CUSTOMERS)), 1 + i % 12, 1 + i % 28, i % 100);
  }
}
