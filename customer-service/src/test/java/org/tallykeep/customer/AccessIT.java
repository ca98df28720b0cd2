package org.tallykeep.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.local.parts.TestParts;

/** The right of access over HTTP, on the real parts. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class AccessIT {

  private static final Pattern GRANT = Pattern.compile("grant=([0-9a-f-]{36})");

  @Test
  void theFileHoldsAllThatIsKnownOfThePerson() {
    String id = create("access-1");
    as("data-steward")
        .header("If-Match", "*")
        .contentType("application/merge-patch+json")
        .body("{\"name\":{\"family\":\"Wood\"}}")
        .patch("/v1/customers/" + id)
        .then()
        .statusCode(200);
    buy("e-1", "access-1", "\"day\":\"2026-03-01\"", "1.99");
    buy("e-2", "access-1", "\"day\":\"2026-02-01\",\"type\":\"return\"", "0.50");
    buy("e-3", "access-1", "\"day\":\"2026-03-02\",\"corrects\":\"e-1\"", "2.99");
    buy("e-4", "somebody-else", "\"day\":\"2026-03-03\"", "7.77");

    as("privacy-officer")
        .contentType("application/json")
        .body("{\"reason\":\"accuracy contested\"}")
        .put("/v1/customers/" + id + "/restriction")
        .then()
        .statusCode(200);

    ValidatableResponse file = file(id);

    file.header("Content-Disposition", containsString("attachment"))
        .header("Cache-Control", containsString("no-store"))
        .body("format", equalTo("tallykeep-access-file/1"))
        .body("profile.externalIds", contains("access-1"))
        .body("profile.name.family", equalTo("Wood"))
        .body("profile.birthDate", equalTo("1980-02-03"))
        .body("profile.emails", contains("access-1@example.org"))
        .body("profile.phones", contains("+12025550143"))
        .body("profile.addresses[0].street", equalTo("1 Elm St"))
        .body("changes", hasSize(1))
        .body("restriction.periods.reason", contains("accuracy contested"))
        .body("changes[0].before.'name.family'", equalTo("Stone"))
        .body("purchases.eventId", contains("e-2", "e-1", "e-3"))
        .body("purchases.counts", contains(true, false, true))
        .body("purchases.type", contains("return", "purchase", "purchase"))
        .body("purchases[2].corrects", equalTo("e-1"))
        .body("purchases[2].day", equalTo("2026-03-02"))
        .body("purchases[2].note", equalTo("gift"))
        .body("purchases[2].lines[0].amount", equalTo("2.99"))
        .body("purchases[2].lines[0].product", equalTo("P1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"marketer", "campaign-manager", "data-steward", "security-officer"})
  void nobodyElseGetsIt(String role) {
    String id = create("access-2");

    ask(as(role), id, "").then().statusCode(403);
  }

  @Test
  void aReasonIsNeededAndACustomer() {
    String id = create("access-3");

    as("privacy-officer")
        .get("/v1/customers/" + id + "/access-file")
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:tallykeep:problem:purpose-missing"));
    ask(as("privacy-officer"), UUID.randomUUID().toString(), "").then().statusCode(404);
  }

  @Test
  void afterManyADayASecondOfficerApprovesEachFurtherOne() {
    String id = create("access-4");
    Response answer = ask(as("privacy-officer"), id, "");
    for (int i = 0; i < 40 && answer.statusCode() == 200; i++) {
      answer = ask(as("privacy-officer"), id, "");
    }
    answer
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:tallykeep:problem:second-officer-needed"));
    String grant = grantIn(answer);

    ask(as("privacy-officer"), id, "?grant=" + grant).then().statusCode(403);
    approve(grant);
    ask(as("privacy-officer"), id, "?grant=" + grant).then().statusCode(200);
    // The grant was for this one file.
    ask(as("privacy-officer"), id, "?grant=" + grant).then().statusCode(200);
    ask(as("privacy-officer"), id, "?grant=" + grant).then().statusCode(403);
  }

  /** The file, with a second officer where there were many before. */
  private static ValidatableResponse file(String id) {
    Response answer = ask(as("privacy-officer"), id, "");
    if (answer.statusCode() == 409) {
      String grant = grantIn(answer);
      approve(grant);
      answer = ask(as("privacy-officer"), id, "?grant=" + grant);
    }
    return answer.then().statusCode(200);
  }

  private static String grantIn(Response refused) {
    String detail = refused.path("detail");
    Matcher grant = GRANT.matcher(detail);
    assertThat(grant.find()).isTrue();
    return grant.group(1);
  }

  private static void approve(String grant) {
    TestParts parts = TestParts.get();
    given()
        .auth()
        .oauth2(parts.keycloak().consoleToken("security-officer"))
        .baseUri(parts.keyService().url())
        .post("/v1/grants/" + grant + "/approval")
        .then()
        .statusCode(200);
  }

  private static Response ask(RequestSpecification who, String id, String query) {
    return who.header("Purpose", "DSR-2026-17").get("/v1/customers/" + id + "/access-file" + query);
  }

  private static String create(String externalId) {
    return as("data-steward")
        .contentType("application/json")
        .body(
            """
            {"externalId":"%1$s","name":{"given":"Ada","family":"Stone"},"birthDate":"1980-02-03",\
            "emails":["%1$s@example.org"],"phones":["+12025550143"],\
            "addresses":[{"street":"1 Elm St","town":"Springfield","country":"US"}]}"""
                .formatted(externalId))
        .post("/v1/customers")
        .then()
        .extract()
        .path("id");
  }

  private static void buy(String event, String externalId, String more, String amount) {
    given()
        .auth()
        .oauth2(TestParts.get().keycloak().serviceToken("ingest"))
        .contentType("application/json")
        .body(
            """
            {"eventId":"%s","externalId":"%s",%s,"note":"gift",\
            "lines":[{"product":"P1","category":"C","units":1,"amount":"%s"}]}"""
                .formatted(event, externalId, more, amount))
        .post("/v1/purchases")
        .then()
        .statusCode(201);
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestParts.get().keycloak().userToken(role));
  }
}
