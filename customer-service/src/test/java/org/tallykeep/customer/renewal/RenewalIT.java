package org.tallykeep.customer.renewal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.customer.RealParts;
import org.tallykeep.customer.ledger.PurchaseStatement;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.Links;
import org.tallykeep.local.parts.TestParts;

/** A renewal from its beginning to its end, with a real database, key service and issuer. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class RenewalIT {

  private static final String RENEWALS = "/v1/pseudonym-renewals";

  @Inject Transactions transactions;
  @Inject Links links;
  @Inject PurchaseStatement purchases;

  @Test
  void everybodyGetsAnotherPseudonymAndKeepsTheirPurchases() {
    String name = "renewal-" + UUID.randomUUID();
    List<UUID> customers =
        IntStream.range(0, 6).mapToObj(i -> profile(name + "-" + i)).map(UUID::fromString).toList();
    for (int i = 0; i < 8; i++) {
      purchase(name + "-" + i, "accepted");
    }
    as("security-officer").post("/v1/maintenance/mix").then().statusCode(200);
    awaitCounted();
    Map<UUID, UUID> before = links.purchasersOf(customers);
    Set<UUID> all = ids("SELECT id FROM purchaser");

    ExtractableResponse<Response> begun =
        as("security-officer").post(RENEWALS).then().statusCode(202).extract();
    String id = begun.path("id");
    assertThat(begun.header("Location")).endsWith(RENEWALS + "/" + id);
    erase(customers.getLast())
        .statusCode(503)
        .header("Retry-After", notNullValue())
        .body("type", equalTo("urn:tallykeep:problem:pseudonyms-being-renewed"));
    await(id, "index");

    Map<UUID, UUID> after = links.purchasersOf(customers);
    assertThat(after).containsOnlyKeys(customers);
    assertThat(after.values()).doesNotContainAnyElementsOf(all).doesNotHaveDuplicates();
    assertThat(ids("SELECT id FROM purchaser")).doesNotContainAnyElementsOf(all);
    assertThat(ids("SELECT purchaser_id FROM purchase")).doesNotContainAnyElementsOf(all);
    assertThat(ids("SELECT id FROM purchase_history"))
        .doesNotContainAnyElementsOf(all)
        .containsAll(after.values());
    assertThat(before).containsOnlyKeys(customers);
    assertThat(verified()).isTrue();
    purchase(name + "-0", "duplicate");
    assertThat(purchases.of(Objects.requireNonNull(after.get(customers.getFirst()))))
        .extracting(PurchaseStatement.Stated::eventId)
        .containsExactly("of-" + name + "-0");

    erase(customers.getLast()).statusCode(200).body("state", equalTo("done"));
    assertThat(verified()).isTrue();
    as("security-officer").post(RENEWALS).then().statusCode(202).body("id", equalTo(id));
    rotateIndex();
    await(id, "done");
    purchase(name + "-0", "duplicate");
  }

  private static ValidatableResponse erase(UUID customer) {
    return as("privacy-officer")
        .header("Purpose", "a test")
        .delete("/v1/customers/" + customer + "?mode=sever")
        .then();
  }

  /** Whether the aggregates are what the ledger gives. */
  private static boolean verified() {
    String id =
        as("security-officer")
            .post("/v1/aggregates/verify")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    String verification = "/v1/aggregates/verifications/" + id;
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> as("security-officer").get(verification).then().extract().path("state"),
            equalTo("done"));
    return as("security-officer").get(verification).then().extract().path("equal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"marketer", "campaign-manager", "data-steward", "privacy-officer"})
  void othersAreRefused(String role) {
    as(role).post(RENEWALS).then().statusCode(403);
    as(role).get(RENEWALS + "/" + UUID.randomUUID()).then().statusCode(403);
  }

  @Test
  void whoIsNobodyIsRefusedAndWhatIsNotThereIsNotFound() {
    given().post(RENEWALS).then().statusCode(401);
    as("security-officer")
        .get(RENEWALS + "/" + UUID.randomUUID())
        .then()
        .statusCode(404)
        .body("type", equalTo("urn:tallykeep:problem:pseudonym-renewal-not-found"));
  }

  private static void await(String id, String state) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                as("security-officer")
                    .get(RENEWALS + "/" + id)
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("state"),
            equalTo(state));
  }

  private void awaitCounted() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                transactions.call(c -> Sql.number(c, "SELECT count(*) FROM purchase_pending"))
                    == 0);
  }

  /** As an officer does it at the key service, and the job here that goes on with it. */
  private static void rotateIndex() {
    TestParts parts = TestParts.get();
    String token =
        parts
            .keycloak()
            .exchangedToken(
                "customer-service",
                parts.keycloak().userToken("security-officer"),
                "keyvault-service");
    given()
        .baseUri(parts.keyService().url())
        .auth()
        .oauth2(token)
        .contentType(ContentType.JSON)
        .body(Map.of("kind", "dataset", "purpose", "index", "force", true))
        .post("/v1/rotations")
        .then()
        .statusCode(202);
    as("security-officer").post("/v1/maintenance/reindex").then().statusCode(200);
  }

  private Set<UUID> ids(String query) {
    return new HashSet<>(
        transactions.call(c -> Sql.query(c, query, row -> row.getObject(1, UUID.class))));
  }

  private static String profile(String externalId) {
    return as("data-steward")
        .contentType(ContentType.JSON)
        .body(Map.of("externalId", externalId, "name", Map.of("given", "Ada")))
        .post("/v1/customers")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static void purchase(String buyer, String answer) {
    given()
        .auth()
        .oauth2(TestParts.get().keycloak().serviceToken("ingest"))
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "eventId",
                "of-" + buyer,
                "externalId",
                buyer,
                "day",
                "2017-01-01",
                "lines",
                List.of(Map.of("product", "P1", "units", 1, "amount", "1.99"))))
        .post("/v1/purchases")
        .then()
        .body("status", equalTo(answer));
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestParts.get().keycloak().userToken(role));
  }
}
