package org.tallykeep.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.Receipt;
import org.tallykeep.evidence.SigningKeys;
import org.tallykeep.evidence.Statement;
import org.tallykeep.local.parts.TestParts;

/** Erasures over HTTP, with a real key service that destroys and attests. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class ErasureIT {

  @Inject Transactions transactions;

  @Test
  void anErasedCustomerIsGoneWithReceiptsThatVerify() {
    String id = create("erased-1");
    bought("erased-1", "erased-1-a").statusCode(201);
    awaitCounted();

    ValidatableResponse erased =
        officer()
            .header("Purpose", "asked for in writing")
            .header("Case-Id", "DSR-2026-17")
            .delete("/v1/customers/" + id)
            .then()
            .statusCode(200)
            .body("mode", equalTo("sever"))
            .body("state", equalTo("done"))
            .body("customerId", equalTo(id))
            .body("reason", equalTo("asked for in writing"))
            .body("caseId", equalTo("DSR-2026-17"))
            .body("completedAt", notNullValue());

    attests(erased, "subject", LedgerEntry.Kind.SUBJECT, LedgerEntry.Mode.SEVER);
    attests(erased, "pseudonym", LedgerEntry.Kind.PSEUDONYM, LedgerEntry.Mode.SEVER);
    as("marketer").get("/v1/customers/" + id).then().statusCode(404);
    String erasure = erased.extract().path("id");
    officer()
        .get("/v1/erasures/" + erasure)
        .then()
        .statusCode(200)
        .body("receipts.subject", equalTo(erased.extract().path("receipts.subject")));
    assertThat(allErasures()).contains(erasure);
    delete(id, "").statusCode(200).body("id", equalTo(erasure));
    delete(id, "?mode=purge")
        .statusCode(409)
        .body("type", equalTo("urn:tallykeep:problem:erased-otherwise"));
    assertThat(number("SELECT count(*) FROM purchase_history")).isPositive();
    assertThat(number("SELECT count(*) FROM erasure WHERE NOT done")).isZero();
  }

  @Test
  void aPurgedCustomerLeavesNoPurchase() {
    String id = create("erased-2");
    long rows = number("SELECT count(*) FROM purchase");
    bought("erased-2", "erased-2-a").statusCode(201);
    awaitCounted();
    assertThat(number("SELECT count(*) FROM purchase")).isEqualTo(rows + 1);

    ValidatableResponse erased = delete(id, "?mode=purge").statusCode(200);

    attests(erased, "subject", LedgerEntry.Kind.SUBJECT, LedgerEntry.Mode.PURGE);
    attests(erased, "pseudonym", LedgerEntry.Kind.PSEUDONYM, LedgerEntry.Mode.PURGE);
    assertThat(number("SELECT count(*) FROM purchase")).isEqualTo(rows);
  }

  @Test
  void tonightsImportDoesNotBringThemBackUnlessTheyWantTo() {
    String id = create("erased-3");
    delete(id, "").statusCode(200);
    String profile =
        "{\"externalId\":\"erased-3\",\"name\":{\"given\":\"Ada\"},"
            + "\"emails\":[\"erased-3@example.org\"]}";

    post(profile).statusCode(409).body("type", equalTo("urn:tallykeep:problem:erased"));
    bought("erased-3", "erased-3-a")
        .statusCode(409)
        .body("type", equalTo("urn:tallykeep:problem:erased"))
        .body("field", equalTo("externalId"));
    assertThat(imported("/v1/customers/imports", "application/x-ndjson", profile))
        .contains("\"refused\"", "\"erased\"", "\"refused\":1");
    assertThat(
            imported(
                "/v1/customers/imports",
                "text/csv",
                "givenName,emails\nAda,erased-3@example.org\n"))
        .contains("\"erased\"");
    assertThat(
            imported(
                "/v1/customers/imports",
                "text/csv",
                "externalId,givenName,reinstate\nerased-3,Ada,true\n"))
        .contains("\"created\"");
    bought("erased-3", "erased-3-b").statusCode(201);
    post("{\"name\":{\"given\":\"Ada\"},\"emails\":[\"erased-3@example.org\"]}").statusCode(409);
    post("{\"name\":{\"given\":\"Ada\"},\"emails\":[\"erased-3@example.org\"],\"reinstate\":true}")
        .statusCode(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"marketer", "campaign-manager", "data-steward", "security-officer"})
  void onlyAPrivacyOfficerErasesAndSeesErasures(String role) {
    String id = create("erased-by-" + role);

    as(role).header("Purpose", "curious").delete("/v1/customers/" + id).then().statusCode(403);
    as(role).get("/v1/erasures").then().statusCode(403);
    as(role).get("/v1/erasures/" + UUID.randomUUID()).then().statusCode(403);

    as("marketer").get("/v1/customers/" + id).then().statusCode(200);
    given().delete("/v1/customers/" + id).then().statusCode(401);
  }

  @Test
  void aMachineErasesNobody() {
    String id = create("erased-by-machine");

    given()
        .auth()
        .oauth2(TestParts.get().keycloak().serviceToken("ingest"))
        .header("Purpose", "cleaning up")
        .delete("/v1/customers/" + id)
        .then()
        .statusCode(403);
  }

  @Test
  void whatIsAskedForHasToBeComplete() {
    String id = create("erased-5");

    officer()
        .delete("/v1/customers/" + id)
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:tallykeep:problem:purpose-missing"));
    delete(id, "?mode=forget")
        .statusCode(400)
        .body("type", equalTo("urn:tallykeep:problem:unknown-mode"));
    officer()
        .header("Purpose", "a test")
        .header("Case-Id", "x".repeat(101))
        .delete("/v1/customers/" + id)
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:tallykeep:problem:case-too-long"));
    delete(UUID.randomUUID().toString(), "")
        .statusCode(404)
        .body("type", equalTo("urn:tallykeep:problem:customer-not-found"));
    officer()
        .get("/v1/erasures/" + UUID.randomUUID())
        .then()
        .statusCode(404)
        .body("type", equalTo("urn:tallykeep:problem:erasure-not-found"));
    officer().get("/v1/erasures?limit=0").then().statusCode(400);
    as("marketer").get("/v1/customers/" + id).then().statusCode(200);
  }

  @Test
  void nothingOfARequestIsReadableInTheDatabase() {
    String id = create("erased-6");
    officer()
        .header("Purpose", "zebra reasons")
        .header("Case-Id", "zebra case")
        .delete("/v1/customers/" + id)
        .then()
        .statusCode(200);

    assertThat(number("SELECT count(*) FROM erasure WHERE encode(sealed, 'escape') LIKE '%zebra%'"))
        .isZero();
    assertThat(number("SELECT count(*) FROM erasure WHERE customer_id = '" + id + "'")).isOne();
  }

  @Test
  void aReplayFindsNothingToDoWhereNothingWasRestored() {
    delete(create("erased-7"), "").statusCode(200);

    as("security-officer")
        .post("/v1/maintenance/replay-erasures")
        .then()
        .statusCode(200)
        .body("customers", equalTo(0))
        .body("purchasers", equalTo(0));
    given().get("/q/health/ready").then().body("checks.name", hasItem("erasures replayed"));
  }

  @Test
  void whomTheRevocationLedgerNamesIsErasedByTheReplay() {
    String id = create("erased-8");
    String key =
        transactions
            .call(
                c ->
                    Sql.query(
                        c,
                        "SELECT key_id FROM customer WHERE id = ?",
                        row -> row.getString(1),
                        UUID.fromString(id)))
            .getFirst();
    destroyAtTheKeyService(key);

    as("security-officer")
        .post("/v1/maintenance/replay-erasures")
        .then()
        .statusCode(200)
        .body("customers", equalTo(1));

    assertThat(number("SELECT count(*) FROM customer WHERE id = '" + id + "'")).isZero();
    post("{\"externalId\":\"erased-8\",\"name\":{\"given\":\"Ada\"}}")
        .statusCode(409)
        .body("type", equalTo("urn:tallykeep:problem:erased"));
  }

  private static void destroyAtTheKeyService(String key) {
    given()
        .baseUri(TestParts.get().keyService().url())
        .auth()
        .oauth2(TestParts.get().keycloak().serviceToken("customer-service"))
        .contentType("application/json")
        .body("{\"kind\":\"subject\",\"mode\":\"sever\",\"ids\":[\"" + key + "\"]}")
        .post("/v1/keys/destroy")
        .then()
        .statusCode(200);
  }

  private static void attests(
      ValidatableResponse erased, String which, LedgerEntry.Kind kind, LedgerEntry.Mode mode) {
    String published =
        given().get(TestParts.get().keyService().url() + "/v1/signing-keys").asString();
    String signed = erased.extract().path("receipts." + which);
    Receipt receipt = Statement.RECEIPT.verified(signed, SigningKeys.parse(published));
    assertThat(receipt.kind()).isEqualTo(kind);
    assertThat(receipt.keys()).extracting(Receipt.Key::mode).containsExactly(mode);
  }

  private static List<String> allErasures() {
    List<String> ids = new ArrayList<>();
    String cursor = null;
    do {
      Response page =
          officer().get("/v1/erasures?limit=1" + (cursor == null ? "" : "&cursor=" + cursor));
      page.then().statusCode(200);
      ids.addAll(page.path("erasures.id"));
      cursor = page.path("nextCursor");
    } while (cursor != null);
    return ids;
  }

  private void awaitCounted() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> number("SELECT count(*) FROM purchase_pending") == 0);
  }

  private long number(String sql) {
    return transactions.call(c -> Sql.number(c, sql));
  }

  private static ValidatableResponse delete(String id, String query) {
    return officer()
        .header("Purpose", "asked for in writing")
        .delete("/v1/customers/" + id + query)
        .then();
  }

  private static String create(String externalId) {
    return post("{\"externalId\":\"%1$s\",\"name\":{\"given\":\"Ada\"},\"emails\":[\"%1$s@example.org\"]}"
            .formatted(externalId))
        .statusCode(201)
        .body("id", not(nullValue()))
        .extract()
        .path("id");
  }

  private static ValidatableResponse post(String json) {
    return as("data-steward")
        .contentType("application/json")
        .body(json)
        .post("/v1/customers")
        .then();
  }

  private static ValidatableResponse bought(String externalId, String event) {
    return as("data-steward")
        .contentType("application/json")
        .body(
            """
            {"eventId":"%s","externalId":"%s","day":"2017-01-01",
             "lines":[{"product":"P1","category":"dairy","units":1,"amount":"1.99"}]}
            """
                .formatted(event, externalId))
        .post("/v1/purchases")
        .then();
  }

  private static String imported(String path, String type, String body) {
    return as("data-steward")
        .contentType(type)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post(path)
        .asString();
  }

  private static RequestSpecification officer() {
    return as("privacy-officer");
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestParts.get().keycloak().userToken(role));
  }
}
