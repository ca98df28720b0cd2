package org.tallykeep.system.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a retailer does with the suite, through its public API. */
public final class Retailer {

  public static final String CUSTOMER_IMPORTS = "/v1/customers/imports";
  public static final String PURCHASE_IMPORTS = "/v1/purchases/imports";

  // Request and answers must fit into the buffers between: the JDK reads no answer before the end.
  private static final int ROWS_A_REQUEST = 2_000;

  private final Suite suite;

  public Retailer(Suite suite) {
    this.suite = suite;
  }

  /** A person's access to the customer service. */
  public Client customerAs(String role) {
    return Client.of(suite.customer(), suite.keycloak().userToken(role));
  }

  /** A person's access to the analytics service. */
  public Client analyticsAs(String role) {
    return Client.of(suite.analytics(), suite.keycloak().userToken(role));
  }

  /** The machine that brings data in. */
  public Client ingest() {
    return Client.of(suite.customer(), suite.keycloak().serviceToken("ingest"));
  }

  /** Sends rows in requests of bounded size; every row must be answered. */
  public List<JsonNode> bring(String path, List<String> lines) {
    List<JsonNode> answers = new ArrayList<>();
    Client ingest = ingest();
    for (int from = 0; from < lines.size(); from += ROWS_A_REQUEST) {
      int to = Math.min(lines.size(), from + ROWS_A_REQUEST);
      Reply reply = ingest.importLines(path, lines.subList(from, to));
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      List<JsonNode> rows = reply.lines();
      assertThat(rows.getLast().path("summary").path("rows").asInt())
          .as("the summary: %s", rows.getLast())
          .isEqualTo(to - from);
      answers.addAll(rows.subList(0, rows.size() - 1));
    }
    return answers;
  }

  /** As {@link #bring}, and nothing may be refused. */
  public List<JsonNode> bringAll(String path, List<String> lines) {
    List<JsonNode> answers = bring(path, lines);
    assertThat(answers)
        .allSatisfy(
            row ->
                assertThat(row.path("status").asText())
                    .as("%s", row)
                    .isIn("created", "accepted", "duplicate"));
    return answers;
  }

  /** What became of the rows, each outcome once. */
  public static List<String> statuses(List<JsonNode> answers) {
    return answers.stream().map(row -> row.path("status").asText()).distinct().toList();
  }

  /** Until every purchase that was accepted is in the aggregates. */
  public void awaitAggregated() {
    Client ingest = ingest();
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () -> {
              Reply status = ingest.get("/v1/ingest/status");
              assertThat(status.status()).isEqualTo(200);
              assertThat(status.json().path("pending").asLong(-1)).isZero();
            });
  }

  /** Whether the aggregates are what the ledger gives. */
  public boolean isVerified() {
    Client officer = customerAs("security-officer");
    Reply begun = officer.post("/v1/aggregates/verify", "");
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    String path = "/v1/aggregates/verifications/" + begun.json().path("id").asText();
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(250))
        .until(() -> officer.get(path).json().path("state").asText(), "done"::equals);
    return officer.get(path).json().path("equal").asBoolean();
  }

  /** A job of the customer service, on demand. */
  public JsonNode maintain(String job) {
    Reply reply = customerAs("security-officer").post("/v1/maintenance/" + job, "");
    assertThat(reply.status()).as(job + ": " + reply.body()).isEqualTo(200);
    return reply.json();
  }

  /** The key service's own tables, rewritten on demand. */
  public void rewriteKeys() {
    String officer = suite.keycloak().userToken("security-officer");
    String exchanged =
        suite.keycloak().exchangedToken("customer-service", officer, "keyvault-service");
    Reply reply = Client.of(suite.keyvault(), exchanged).post("/v1/maintenance/rewrite", "");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  /** Loads what is new into the analytics service. */
  public void refreshAnalytics() {
    Reply reply = analyticsAs("data-steward").post("/v1/refresh", "");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }
}
