package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.tallykeep.system.stack.Client;
import org.tallykeep.system.stack.KeyClient;
import org.tallykeep.system.stack.OpenedHistories;
import org.tallykeep.system.stack.Reply;
import org.tallykeep.system.stack.Retailer;
import org.tallykeep.system.stack.Suite;

/** What a stolen credential was given is replaced while the services are killed. */
@Order(10)
class ContainmentXIT {

  private static final int CUSTOMERS = 1_200;

  private final Suite suite = Suite.get();
  private final Retailer retailer = new Retailer(suite);
  private final Client officer = new KeyClient(suite.keyvault()).officer();
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  @Test
  void aContainmentEndsWhateverIsKilledAndEverybodyStaysReadable() throws SQLException {
    Instant began = Instant.now();
    List<String> customers = IntStream.range(0, CUSTOMERS).mapToObj(this::customer).toList();
    retailer.bringAll(Retailer.CUSTOMER_IMPORTS, customers);
    List<String> purchases = IntStream.range(0, 2 * CUSTOMERS).mapToObj(this::purchase).toList();
    retailer.bringAll(Retailer.PURCHASE_IMPORTS, purchases);
    retailer.maintain("mix");
    assertReadable();

    String incident = contain(began);
    for (String killed : List.of("customer-service", "keyvault-service", "customer-service")) {
      // Wherever it is by then.
      suite.service(killed).kill();
      suite.service(killed).restart();
      assertReadable();
    }
    Awaitility.await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> containment(incident).path("state").asText(), "done"::equals);

    assertThat(officer.get("/v1/incidents/" + incident).json().path("state").asText())
        .isEqualTo("contained");
    assertReadable();
    assertThat(
            number(
                """
                SELECT count(*) FROM customer JOIN customer_link ON customer_id = id
                WHERE key_version = 2 AND substring(link FROM 19 FOR 4) = '\\x00000002'
                """))
        .isGreaterThanOrEqualTo(CUSTOMERS);
    // The same people again change nothing, and their purchases count once.
    assertThat(Retailer.statuses(retailer.bringAll(Retailer.CUSTOMER_IMPORTS, customers)))
        .containsOnly("duplicate");
    assertThat(Retailer.statuses(retailer.bringAll(Retailer.PURCHASE_IMPORTS, purchases)))
        .containsOnly("duplicate");
    retailer.maintain("mix");
    retailer.awaitAggregated();
    assertThat(officer.post("/v1/incidents/" + incident + "/close", "").status()).isEqualTo(200);
  }

  private String contain(Instant since) {
    Reply incident =
        officer.post(
            "/v1/incidents",
            """
            {"principal":"credential","name":"customer-service","purposes":[],
             "since":"%s","until":"%s","note":"a test"}"""
                .formatted(since, Instant.now()));
    assertThat(incident.status()).as(incident.body()).isEqualTo(201);
    String id = incident.json().path("id").asText();
    assertThat(officer.post("/v1/incidents/" + id + "/contain", "").status()).isEqualTo(202);
    return id;
  }

  private JsonNode containment(String incident) {
    return officer.get("/v1/incidents/" + incident + "/contain").json();
  }

  private void assertReadable() {
    Client privacy = retailer.customerAs("privacy-officer");
    Client steward = retailer.customerAs("data-steward");
    for (int i = 0; i < CUSTOMERS; i += 100) {
      Reply found =
          privacy.post("/v1/customers/search", "{\"email\":\"%s@example.org\"}".formatted(who(i)));
      assertThat(found.status()).as(found.body()).isEqualTo(200);
      assertThat(found.json().path("customers")).as(found.body()).hasSize(1);
      String id = found.json().path("customers").path(0).path("id").asText();
      assertThat(steward.get("/v1/customers/" + id).status()).isEqualTo(200);
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

  private String who(int i) {
    return "contained-" + run + "-" + i;
  }

  private String customer(int i) {
    return """
        {"externalId":"%1$s","name":{"given":"Ada"},"emails":["%1$s@example.org"]}"""
        .formatted(who(i));
  }

  private String purchase(int i) {
    return """
        {"eventId":"contained-%1$s-%2$d","externalId":"%3$s","day":"2019-%4$02d-%5$02d",\
        "lines":[{"product":"P%6$d","units":1,"amount":"1.01"}]}"""
        .formatted(run, i, who(i % CUSTOMERS), 1 + i % 12, 1 + i % 28, i % 100);
  }
}
