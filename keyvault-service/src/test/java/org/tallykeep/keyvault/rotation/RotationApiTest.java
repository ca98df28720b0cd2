package org.tallykeep.keyvault.rotation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.tallykeep.keyvault.fixture.KeyCalls.create;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrap;
import static org.tallykeep.keyvault.fixture.Tokens.as;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;
import static org.tallykeep.keyvault.fixture.Tokens.keycloak;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.keyvault.fixture.WithLocalRoot;

@QuarkusTest
@TestProfile(WithLocalRoot.class)
class RotationApiTest {

  @ParameterizedTest
  @ValueSource(strings = {"ledger", "aggregate", "manifest"})
  void theNextVersionSealsAndTheOneBeforeStillOpens(String purpose) {
    int before = lease(purpose).extract().path("version");
    String keyBefore = lease(purpose).extract().path("key");

    String id =
        rotate(purpose).statusCode(201).body("version", equalTo(before + 1)).extract().path("id");

    lease(purpose).body("version", equalTo(before + 1));
    asCustomerService()
        .body("{}")
        .post("/v1/dataset-keys/" + purpose + "/unwrap")
        .then()
        .statusCode(200)
        .body("keys.version", hasItems(before, before + 1))
        .body("keys.key", hasItem(keyBefore));
    asPerson("security-officer")
        .get("/v1/rotations/" + id)
        .then()
        .statusCode(200)
        .body("purpose", equalTo(purpose))
        .body("version", equalTo(before + 1));
  }

  @Test
  void theAuditGoesOnUnderItsNewKey() {
    rotate("audit").statusCode(201);
    lease("ledger");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tag", "revocation", "identity", "link"})
  void keysThatMakeMarksOrArePersonsStay(String purpose) {
    rotate(purpose).statusCode(422);
  }

  @Test
  void onlyASecurityOfficerRotates() {
    for (var caller : List.of(asPerson("data-steward"), asCustomerService())) {
      caller.body(Map.of("purpose", "ledger")).post("/v1/rotations").then().statusCode(403);
      caller.body(Map.of("kind", "root")).post("/v1/rotations").then().statusCode(403);
      caller.get("/v1/rotations").then().statusCode(403);
    }
  }

  @Test
  void anOfficerComesThroughTheConsoleAndNobodyElseGetsAnythingThere() {
    as(keycloak().consoleToken("security-officer"))
        .body(Map.of("purpose", "ledger"))
        .post("/v1/rotations")
        .then()
        .statusCode(201);
    for (String role : List.of("data-steward", "campaign-manager", "security-officer")) {
      var stolen = as(keycloak().consoleToken(role));
      for (String purpose : List.of("identity", "contact", "link")) {
        unwrap(stolen, purpose, create("subject", 1, false)).statusCode(403);
      }
    }
    as(keycloak().consoleToken("data-steward")).get("/v1/incidents").then().statusCode(403);
  }

  @Test
  void theRootIsRotatedByAJobThatIsListedFirst() {
    var key = create("subject", 1, false);
    String id =
        post(Map.of("kind", "root"))
            .statusCode(202)
            .header("Location", containsString("/v1/rotations/"))
            .extract()
            .path("id");
    Awaitility.await()
        .atMost(30, SECONDS)
        .untilAsserted(
            () ->
                asPerson("security-officer")
                    .get("/v1/rotations/" + id)
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("done"))
                    .body("finishedAt", notNullValue())
                    .body("version", equalTo(2)));
    asPerson("security-officer")
        .get("/v1/rotations")
        .then()
        .statusCode(200)
        .body("rotations.id", hasItem(id));
    unwrap(asCustomerService(), "link", key).statusCode(200).body("keys[0].key", notNullValue());
  }

  @Test
  void aRequestThatIsUnclearIsRefused() {
    post(Map.of()).statusCode(422);
    post(Map.of("kind", "dataset")).statusCode(422);
    post(Map.of("kind", "root", "purpose", "ledger")).statusCode(422);
    post(Map.of("kind", "everything")).statusCode(400);
  }

  @Test
  void aRotationThatNeverWasIsNotFound() {
    asPerson("security-officer")
        .get("/v1/rotations/" + UUID.randomUUID())
        .then()
        .statusCode(404)
        .body("type", equalTo("urn:tallykeep:problem:rotation-not-found"));
  }

  private static ValidatableResponse rotate(String purpose) {
    return post(Map.of("purpose", purpose));
  }

  private static ValidatableResponse post(Map<String, String> request) {
    return asPerson("security-officer").body(request).post("/v1/rotations").then();
  }

  private static ValidatableResponse lease(String purpose) {
    return asCustomerService()
        .body("{\"messages\":10}")
        .post("/v1/dataset-keys/" + purpose + "/lease")
        .then()
        .statusCode(200);
  }
}
