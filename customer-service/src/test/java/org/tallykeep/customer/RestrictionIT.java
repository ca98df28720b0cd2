package org.tallykeep.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.customer.purchaser.Buyer;
import org.tallykeep.customer.purchaser.Purchasers;
import org.tallykeep.local.parts.TestParts;

/** Restriction of processing over HTTP, on the real parts. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class RestrictionIT {

  private static final String RESTRICTED = "urn:tallykeep:problem:processing-restricted";

  @Inject Purchasers purchasers;

  @Test
  void whileItIsRestrictedNobodyShowsOrChangesACustomer() {
    String id = create("restricted-1");
    restrict(id, "accuracy contested").statusCode(200).body("restricted", equalTo(true));

    as("marketer")
        .header("If-None-Match", "\"1-masked\"")
        .get("/v1/customers/" + id)
        .then()
        .statusCode(200)
        .header("ETag", equalTo("\"1-masked+restricted\""))
        .body("restricted", equalTo(true))
        .body("name.given", equalTo("A•••"));
    reveal("data-steward", id, "identity").statusCode(403).body("type", equalTo(RESTRICTED));
    reveal("campaign-manager", id, "contact").statusCode(403).body("type", equalTo(RESTRICTED));
    as("data-steward")
        .header("Purpose", "a test")
        .get("/v1/customers/" + id + "/changes")
        .then()
        .statusCode(403)
        .body("type", equalTo(RESTRICTED));
    rename(id).statusCode(403).body("type", equalTo(RESTRICTED));
    as("data-steward")
        .header("If-Match", "*")
        .contentType("application/json")
        .body(profile("restricted-1", "Eva"))
        .put("/v1/customers/" + id)
        .then()
        .statusCode(403)
        .body("type", equalTo(RESTRICTED));
    as("data-steward")
        .contentType("application/json")
        .body(profile("restricted-1", "Eva"))
        .post("/v1/customers")
        .then()
        .statusCode(403)
        .body("type", equalTo(RESTRICTED));
    as("privacy-officer")
        .contentType("application/json")
        .body("{\"externalId\":\"restricted-1\"}")
        .post("/v1/customers/search")
        .then()
        .body("customers.restricted", contains(true));

    as("privacy-officer")
        .delete("/v1/customers/" + id + "/restriction")
        .then()
        .statusCode(200)
        .body("restricted", equalTo(false))
        .body("periods[0].liftedBy", notNullValue());
    as("marketer")
        .get("/v1/customers/" + id)
        .then()
        .header("ETag", equalTo("\"1-masked\""))
        .body("restricted", nullValue());
    reveal("data-steward", id, "identity").statusCode(200);
    rename(id).statusCode(200);
  }

  @Test
  void anImportRefusesThatRowAndTakesTheOthers() {
    String id = create("restricted-2");
    restrict(id, "accuracy contested").statusCode(200);

    List<String> answers =
        machine()
            .contentType("application/x-ndjson")
            .body(
                (profile("restricted-2", "Eva") + "\n" + profile("restricted-3", "Ida"))
                    .getBytes(StandardCharsets.UTF_8))
            .post("/v1/customers/imports")
            .then()
            .statusCode(200)
            .extract()
            .asString()
            .lines()
            .toList();

    assertThat(answers.get(0)).contains("processing-restricted");
    assertThat(answers.get(1)).contains("\"created\"");
    as("marketer")
        .get("/v1/customers/" + id)
        .then()
        .header("ETag", equalTo("\"1-masked+restricted\""));
  }

  @Test
  void purchasesAreStillTakenAndNothingIsPredicted() {
    String id = create("restricted-4");
    String other = create("restricted-5");
    restrict(id, "objected").statusCode(200);
    machine()
        .contentType("application/json")
        .body(
            """
            {"eventId":"restricted-e-1","externalId":"restricted-4","day":"2026-03-01",\
            "lines":[{"product":"P1","category":"C","units":1,"amount":"1.99"}]}""")
        .post("/v1/purchases")
        .then()
        .statusCode(201);
    List<UUID> theirs =
        purchasers
            .resolve(
                List.of(
                    new Buyer.ByExternalId("restricted-4"), new Buyer.ByExternalId("restricted-5")))
            .stream()
            .map(Optional::orElseThrow)
            .toList();
    StandInAnalytics.best(theirs);

    predict("{\"customers\":[\"%s\",\"%s\"],\"horizonDays\":30}".formatted(id, other))
        .body("predictions.customer.id", contains(id, other))
        .body("predictions[0].eligible", equalTo(false))
        .body("predictions[0].reason", equalTo("processing-restricted"))
        .body("predictions[0].expected", nullValue())
        .body("predictions[0].customer.restricted", equalTo(true))
        .body("predictions[1].eligible", equalTo(true));
    assertThat(StandInAnalytics.lastRequest())
        .contains(theirs.get(1).toString())
        .doesNotContain(theirs.get(0).toString());
    predict("{\"top\":1,\"horizonDays\":30,\"orderBy\":\"expected\"}")
        .body("predictions.customer.id", contains(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"marketer", "campaign-manager", "data-steward", "security-officer"})
  void nobodyElseRestrictsOrLifts(String role) {
    String id = create("restricted-6");

    as(role)
        .contentType("application/json")
        .body("{\"reason\":\"mine\"}")
        .put("/v1/customers/" + id + "/restriction")
        .then()
        .statusCode(403);
    as(role).delete("/v1/customers/" + id + "/restriction").then().statusCode(403);
    as(role)
        .get("/v1/customers/" + id + "/restriction")
        .then()
        .statusCode(role.equals("data-steward") ? 200 : 403);
  }

  @Test
  void whatWasDecidedIsReadByOfficersAndStewards() {
    String id = create("restricted-7");
    as("data-steward")
        .get("/v1/customers/" + id + "/restriction")
        .then()
        .statusCode(200)
        .body("restricted", equalTo(false))
        .body("periods", empty());
    restrict(id, "first").statusCode(200);
    restrict(id, "second").statusCode(200);

    as("data-steward")
        .get("/v1/customers/" + id + "/restriction")
        .then()
        .body("restricted", equalTo(true))
        .body("periods.reason", contains("second", "first"))
        .body("periods[0].by", equalTo(TestParts.get().keycloak().subject("privacy-officer")))
        .body("periods[0].until", nullValue())
        .body("periods[1].until", notNullValue());
  }

  @Test
  void aReasonIsNeededAndACustomer() {
    String id = create("restricted-8");

    for (String body :
        List.of("{}", "{\"reason\":\" \"}", "{\"reason\":\"4111 1111 1111 1111\"}")) {
      as("privacy-officer")
          .contentType("application/json")
          .body(body)
          .put("/v1/customers/" + id + "/restriction")
          .then()
          .statusCode(422)
          .body("type", equalTo("urn:tallykeep:problem:restriction-refused"))
          .body("field", equalTo("reason"));
    }
    as("privacy-officer")
        .contentType("application/json")
        .put("/v1/customers/" + id + "/restriction")
        .then()
        .statusCode(400);
    restrict(UUID.randomUUID().toString(), "nobody").statusCode(404);
    as("privacy-officer")
        .get("/v1/customers/" + UUID.randomUUID() + "/restriction")
        .then()
        .statusCode(404);
    given().get("/v1/customers/" + id + "/restriction").then().statusCode(401);
  }

  private static ValidatableResponse restrict(String id, String reason) {
    return as("privacy-officer")
        .contentType("application/json")
        .body("{\"reason\":\"%s\"}".formatted(reason))
        .put("/v1/customers/" + id + "/restriction")
        .then();
  }

  private static ValidatableResponse reveal(String role, String id, String what) {
    return as(role)
        .header("Purpose", "a test")
        .get("/v1/customers/" + id + "?reveal=" + what)
        .then();
  }

  private static ValidatableResponse rename(String id) {
    return as("data-steward")
        .header("If-Match", "*")
        .contentType("application/merge-patch+json")
        .body("{\"name\":{\"given\":\"Eva\"}}")
        .patch("/v1/customers/" + id)
        .then();
  }

  private static ValidatableResponse predict(String body) {
    return as("marketer")
        .contentType("application/json")
        .body(body)
        .post("/v1/predictions")
        .then()
        .statusCode(200);
  }

  private static String create(String externalId) {
    return as("data-steward")
        .contentType("application/json")
        .body(profile(externalId, "Ada"))
        .post("/v1/customers")
        .then()
        .extract()
        .path("id");
  }

  private static String profile(String externalId, String given) {
    return "{\"externalId\":\"%1$s\",\"name\":{\"given\":\"%2$s\"},\"emails\":[\"%1$s@example.org\"]}"
        .formatted(externalId, given);
  }

  private static RequestSpecification machine() {
    return given().auth().oauth2(TestParts.get().keycloak().serviceToken("ingest"));
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestParts.get().keycloak().userToken(role));
  }
}
