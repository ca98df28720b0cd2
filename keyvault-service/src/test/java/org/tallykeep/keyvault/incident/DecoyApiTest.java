package org.tallykeep.keyvault.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.tallykeep.keyvault.fixture.KeyCalls.create;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrap;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrapOn;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.WithLocalRoot;

/** Decoys over HTTP, and what happens to whoever touches one. */
@QuarkusTest
@TestProfile(WithLocalRoot.class)
class DecoyApiTest {

  @Inject Incidents incidents;
  private List<Map<String, Object>> real = List.of();
  private List<Map<String, Object>> decoys = List.of();

  @BeforeEach
  void makeKeys() {
    real = create("subject", 5, false);
    decoys = create("subject", 1, true);
  }

  @AfterEach
  void closeIncidents() {
    for (String id : openIncidents()) {
      officer().body("").post("/v1/incidents/" + id + "/close").then().statusCode(200);
    }
    assertThat(openIncidents()).isEmpty();
    // Lifting is heard of by every replica within a second, like freezing.
    await()
        .until(
            () ->
                Stream.of("link", "mask")
                    .map(purpose -> unwrap(asCustomerService(), purpose, real))
                    .allMatch(answer -> answer.extract().statusCode() == 200));
  }

  @Test
  void whoeverTouchesADecoyGetsNothingOfTheBatchAndNothingAfterwards() {
    unwrap(campaignManager(), "contact", real).statusCode(200);

    List<Map<String, Object>> batch = new ArrayList<>(real);
    batch.add(3, decoys.getFirst());
    unwrap(campaignManager(), "contact", batch)
        .statusCode(403)
        .body("type", equalTo("urn:tallykeep:problem:frozen"))
        .body("keySet()", equalTo(java.util.Set.of("type", "title", "status", "detail")));

    unwrap(campaignManager(), "contact", real)
        .statusCode(403)
        .body("type", equalTo("urn:tallykeep:problem:frozen"));
    unwrap(asPerson("data-steward"), "contact", real).statusCode(200);
    unwrap(asCustomerService(), "link", real).statusCode(200);

    officer()
        .get("/v1/incidents/" + openIncidents().getFirst())
        .then()
        .statusCode(200)
        .body("cause", equalTo("decoy"))
        .body("principal", equalTo("person"))
        .body("name", notNullValue())
        .body("purposes", equalTo(List.of("*")))
        .body("state", equalTo("open"));
  }

  @Test
  void behindAJobIsThePersonWhoSubmittedIt() {
    String grant =
        campaignManager()
            .body(
                Map.of(
                    "job",
                    "campaign",
                    "purposes",
                    List.of("contact"),
                    "maxRecords",
                    10,
                    "notAfter",
                    java.time.Instant.now().plusSeconds(600).toString(),
                    "decoys",
                    "refuse"))
            .post("/v1/grants")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    unwrapOn(grant, asCustomerService(), "contact", decoys).statusCode(403);
    unwrap(campaignManager(), "contact", real).statusCode(403);
    unwrapOn("ingest", asCustomerService(), "identity", real).statusCode(200);
    unwrap(asCustomerService(), "link", real).statusCode(200);
    officer()
        .get("/v1/incidents/" + openIncidents().getFirst())
        .then()
        .body("principal", equalTo("person"));
  }

  @Test
  void whatCannotBeFrozenIsNamedAndWhatCanIs() {
    officer()
        .body(incident("credential", "customer-service", "contacts"))
        .post("/v1/incidents")
        .then()
        .statusCode(422);
    officer()
        .body(incident("credential", "customer-service", "create"))
        .post("/v1/incidents")
        .then()
        .statusCode(201);
    await()
        .until(
            () ->
                asCustomerService()
                        .body(Map.of("kind", "subject", "count", 1, "purposes", List.of("contact")))
                        .post("/v1/keys")
                        .statusCode()
                    == 403);
    unwrap(asCustomerService(), "link", real).statusCode(200);
  }

  private static Map<String, Object> incident(String principal, String name, String purpose) {
    return Map.of(
        "principal", principal, "name", name, "purposes", List.of(purpose), "note", "a test");
  }

  @Test
  void decoysAreCountedForTheCustomerServiceAlone() {
    int before = asCustomerService().get("/v1/keys/decoys").then().extract().path("subjects");
    create("subject", 3, true);
    create("subject", 2, false);
    asCustomerService().get("/v1/keys/decoys").then().body("subjects", equalTo(before + 3));
    campaignManager().get("/v1/keys/decoys").then().statusCode(403);
  }

  @Test
  void onceAnOfficerLiftsItThePersonGoesOn() {
    unwrap(campaignManager(), "contact", decoys).statusCode(403);
    unwrap(campaignManager(), "contact", real).statusCode(403);
    closeIncidents();
    unwrap(campaignManager(), "contact", real).statusCode(200);
  }

  @Test
  void linksAndMasksOfDecoysOpenLikeOthers() {
    for (String purpose : List.of("link", "mask")) {
      unwrap(asCustomerService(), purpose, decoys)
          .statusCode(200)
          .body("keys.key", everyItem(notNullValue()));
    }
    assertThat(openIncidents()).isEmpty();
  }

  @Test
  void aServiceThatTouchesOneOnItsGrantLosesItsGrantsAndLinksAndNothingElse() {
    unwrapOn("ingest", asCustomerService(), "identity", decoys).statusCode(403);
    unwrapOn("ingest", asCustomerService(), "identity", real).statusCode(403);
    unwrap(asCustomerService(), "link", real).statusCode(403);
    unwrap(asCustomerService(), "mask", real).statusCode(200);
    asCustomerService()
        .body("{\"messages\":1}")
        .post("/v1/dataset-keys/ledger/lease")
        .then()
        .statusCode(200);
    // People who ask through that service are not it.
    unwrap(campaignManager(), "contact", real).statusCode(200);
  }

  @Test
  void anOfficerStopsAPurposeWhoeverAsks() {
    officer().body(incident("everyone", "*", "mask")).post("/v1/incidents").then().statusCode(422);
    officer()
        .body(Map.of("principal", "person", "purposes", List.of("mask"), "note", "a test"))
        .post("/v1/incidents")
        .then()
        .statusCode(422);
    officer()
        .body(Map.of("principal", "everyone", "purposes", List.of("mask"), "note", "a test"))
        .post("/v1/incidents")
        .then()
        .statusCode(201)
        .body("name", equalTo("*"));
    unwrap(asCustomerService(), "mask", real).statusCode(403);
    unwrap(asCustomerService(), "link", real).statusCode(200);
  }

  @Test
  void anOfficerFreezesWhomTheyName() {
    officer()
        .body(
            Map.of(
                "principal",
                "credential",
                "name",
                "customer-service",
                "purposes",
                List.of("mask"),
                "note",
                "a test"))
        .post("/v1/incidents")
        .then()
        .statusCode(201)
        .body("cause", equalTo("officer"));
    unwrap(asCustomerService(), "mask", real).statusCode(403);
    unwrap(asCustomerService(), "link", real).statusCode(200);
  }

  @Test
  void anOfficerDoesNotCloseAnIncidentAboutThemselves() {
    String id =
        officer()
            .body(
                Map.of(
                    "principal",
                    "person",
                    "name",
                    "somebody-else",
                    "purposes",
                    List.of("*"),
                    "note",
                    "a test"))
            .post("/v1/incidents")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    String self = officer().get("/v1/incidents/" + id).then().extract().path("openedBy");
    String aboutSelf =
        officer()
            .body(
                Map.of(
                    "principal", "person", "name", self, "purposes", List.of("*"), "note", "own"))
            .post("/v1/incidents")
            .then()
            .statusCode(201)
            .extract()
            .path("id");

    officer().body("").post("/v1/incidents/" + aboutSelf + "/close").then().statusCode(403);

    // So that the other tests find none open: as another officer would.
    incidents.close(UUID.fromString(aboutSelf), "another officer");
  }

  @Test
  void nobodyButASecurityOfficerSeesOrOpensIncidents() {
    for (RequestSpecification caller : List.of(campaignManager(), asCustomerService())) {
      caller.get("/v1/incidents").then().statusCode(403);
      caller
          .body(
              Map.of(
                  "principal", "person", "name", "x", "purposes", List.of("*"), "note", "a test"))
          .post("/v1/incidents")
          .then()
          .statusCode(403);
    }
  }

  private static RequestSpecification campaignManager() {
    return asPerson("campaign-manager");
  }

  private static RequestSpecification officer() {
    return asPerson("security-officer");
  }

  private static List<String> openIncidents() {
    return officer()
        .get("/v1/incidents")
        .then()
        .statusCode(200)
        .extract()
        .path("incidents.findAll { it.state == 'open' }.id");
  }
}
