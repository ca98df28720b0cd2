package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.tallykeep.system.stack.Client;
import org.tallykeep.system.stack.OpenedHistories;
import org.tallykeep.system.stack.Reply;
import org.tallykeep.system.stack.Retailer;
import org.tallykeep.system.stack.Suite;

/** A real data set on the whole way: HTTP, Vault, PostgreSQL, sealed rows, a published figure. */
@Order(1)
class PredictionPathXIT {

  private static final int PURCHASES = 6_919;
  private static final int CUSTOMERS = 2_357;

  private final Suite suite = Suite.get();
  private final Retailer retailer = new Retailer(suite);

  @Test
  void theCdnowSampleBecomesThePublishedFigures() throws IOException, SQLException {
    Optional<Path> file = Cdnow.file();
    assumeTrue(file.isPresent(), "Skipped: the CDNOW sample is not beside this checkout");
    retailer.bringAll(Retailer.PURCHASE_IMPORTS, Cdnow.purchases(file.orElseThrow()));
    retailer.awaitAggregated();
    retailer.refreshAnalytics();

    Reply backtest =
        retailer
            .analyticsAs("marketer")
            .post("/v1/backtests", "{\"until\":\"1997-09-30\",\"horizonDays\":273}");

    assertThat(backtest.status()).as(backtest.body()).isEqualTo(200);
    assertPublishedFigures(backtest.json());
    assertItWentTheWholeWay();
  }

  private static void assertPublishedFigures(JsonNode backtest) {
    assertThat(backtest.path("customers").asInt()).isEqualTo(CUSTOMERS);
    assertThat(backtest.path("actual").asInt()).isEqualTo(1_882);
    JsonNode model = model(backtest, "bg-nbd");
    assertThat(model.path("logLikelihood").asDouble()).isCloseTo(-9582.4292, within(0.0005));
    JsonNode parameters = model.path("parameters");
    assertThat(parameters.path("r").asDouble()).isCloseTo(0.24259453, within(5e-5));
    assertThat(parameters.path("alpha").asDouble()).isCloseTo(4.41360212, within(5e-4));
    assertThat(parameters.path("a").asDouble()).isCloseTo(0.79292188, within(5e-5));
    assertThat(parameters.path("b").asDouble()).isCloseTo(2.42590622, within(5e-4));
    assertThat(model.path("predicted").asDouble()).isCloseTo(1653.4, within(0.5));
    assertThat(model.path("bias").asDouble()).isCloseTo(1653.4 / 1882 - 1, within(0.0003));
    assertThat(model.path("mae").asDouble()).isCloseTo(0.7855, within(5e-5));
    assertThat(model.path("rmse").asDouble()).isCloseTo(1.6080, within(5e-5));
  }

  private static JsonNode model(JsonNode backtest, String name) {
    for (JsonNode model : backtest.path("models")) {
      if (model.path("model").asText().equals(name)) {
        return model;
      }
    }
    throw new AssertionError("No model " + name + " in " + backtest);
  }

  private void assertItWentTheWholeWay() throws SQLException {
    assertThat(suite.vaultAudit().answered("transit/encrypt/" + suite.rootKeyName()))
        .as("branch keys wrapped by Vault")
        .isPositive();
    assertThat(httpRequests("keyvault-service", "/v1/dataset-keys/{purpose}/lease"))
        .as("keys asked for over HTTP")
        .isPositive();
    assertThat(count("SELECT count(*) FROM purchase")).as("ledger").isEqualTo(PURCHASES);
    assertThat(count("SELECT count(*) FROM purchase_history")).isEqualTo(CUSTOMERS);
    // Opening them proves that they are sealed, under the data set's key and bound to their row.
    long orders =
        OpenedHistories.of(suite).values().stream()
            .flatMap(history -> history.days().stream())
            .mapToLong(day -> day.orders())
            .sum();
    assertThat(orders).isEqualTo(PURCHASES);
  }

  private long count(String query) throws SQLException {
    try (Connection connection = OpenedHistories.connect(suite.database("customer-service"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private double httpRequests(String service, String uri) {
    String token = suite.keycloak().serviceToken("customer-service");
    Reply metrics = Client.of(suite.service(service), token).get("/q/metrics");
    assertThat(metrics.status()).isEqualTo(200);
    List<String> counts =
        metrics
            .body()
            .lines()
            .filter(l -> l.startsWith("http_server_requests_seconds_count"))
            .filter(l -> l.contains("uri=\"" + uri + "\"") && l.contains("status=\"200\""))
            .toList();
    return counts.stream()
        .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
        .sum();
  }
}
