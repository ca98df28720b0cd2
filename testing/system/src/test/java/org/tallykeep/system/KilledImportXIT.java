package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.tallykeep.system.stack.Client;
import org.tallykeep.system.stack.OpenedHistories;
import org.tallykeep.system.stack.Reply;
import org.tallykeep.system.stack.Retailer;
import org.tallykeep.system.stack.Suite;

/** Import jobs whose service is killed go on where they were, and count as if it had not been. */
@Order(7)
class KilledImportXIT {

  private static final int CUSTOMERS = 6_000;
  private static final int PURCHASES = 20_000;
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Suite suite = Suite.get();
  private final Retailer retailer = new Retailer(suite);
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  @Test
  void everyCustomerIsMadeOnce() {
    List<String> rows = IntStream.range(0, CUSTOMERS).mapToObj(this::customer).toList();

    JsonNode job = importAndKill("customers", rows);

    assertThat(job.path("accepted").asInt()).isEqualTo(CUSTOMERS);
    assertThat(job.path("duplicate").asInt() + job.path("refused").asInt()).isZero();
    assertThat(Retailer.statuses(retailer.bringAll(Retailer.CUSTOMER_IMPORTS, rows)))
        .containsExactly("duplicate");
    Client steward = retailer.customerAs("data-steward");
    for (int i = 0; i < CUSTOMERS; i += CUSTOMERS / 20) {
      String search = "{\"email\":\"%s@example.org\"}".formatted(who(i));
      assertThat(steward.post("/v1/customers/search", search).json().path("customers")).hasSize(1);
    }
  }

  @Test
  void everyPurchaseCountsOnce() {
    retailer.awaitAggregated();
    long before = orders();
    List<String> rows = IntStream.range(0, PURCHASES).mapToObj(this::purchase).toList();

    JsonNode job = importAndKill("purchases", rows);

    assertThat(job.path("accepted").asInt()).isEqualTo(PURCHASES);
    assertThat(job.path("duplicate").asInt() + job.path("refused").asInt()).isZero();
    retailer.awaitAggregated();
    assertThat(orders() - before).isEqualTo(PURCHASES);
    assertThat(retailer.isVerified()).isTrue();
  }

  /** At a third and at two thirds of the way. */
  private JsonNode importAndKill(String kind, List<String> rows) {
    Reply submitted = retailer.ingest().importLines("/v1/import-jobs?kind=" + kind, rows);
    assertThat(submitted.status()).as(submitted.body()).isEqualTo(202);
    String job = "/v1/import-jobs/" + submitted.json().path("id").asText();
    for (int third = 1; third <= 2; third++) {
      int rowsDone = third * rows.size() / 3;
      Awaitility.await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> isOver(job) || state(job).path("accepted").asInt() >= rowsDone);
      assertThat(isOver(job)).as("killed in the middle").isFalse();
      suite.customer().kill();
      suite.customer().restart();
    }
    Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(250)).until(() -> isOver(job));
    assertThat(state(job).path("state").asText()).isEqualTo("done");
    return state(job);
  }

  private boolean isOver(String job) {
    return List.of("done", "failed", "cancelled").contains(state(job).path("state").asText());
  }

  private JsonNode state(String job) {
    Reply reply = retailer.ingest().get(job);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private long orders() {
    return OpenedHistories.of(suite).values().stream()
        .flatMap(history -> history.days().stream())
        .mapToLong(day -> day.orders())
        .sum();
  }

  private String who(int i) {
    return "killed-" + run + "-" + i;
  }

  private String customer(int i) {
    return """
        {"externalId":"%1$s","name":{"given":"Ada"},"emails":["%1$s@example.org"]}"""
        .formatted(who(i));
  }

  private String purchase(int i) {
    return """
        {"eventId":"killed-%1$s-%2$d","externalId":"%3$s","day":"2017-%4$02d-%5$02d",\
        "lines":[{"product":"P%6$d","units":1,"amount":"1.01"}]}"""
        .formatted(run, i, who(i % 2_000), 1 + i % 12, 1 + i % 28, i % 100);
  }
}
