package org.tallykeep.keyvault.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.tallykeep.keyvault.fixture.KeyCalls.create;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrap;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrapOn;
import static org.tallykeep.keyvault.fixture.Tokens.asAnalyticsService;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.audit.AuditEvent;
import org.tallykeep.keyvault.audit.AuditEvent.Outcome;
import org.tallykeep.keyvault.audit.AuditTrail;
import org.tallykeep.keyvault.audit.AuditedKey;
import org.tallykeep.keyvault.fixture.WithLocalRoot;

/** What was exposed, counted from the audit of requests over HTTP. */
@QuarkusTest
@TestProfile(WithLocalRoot.class)
class ExposureApiTest {

  @Inject AuditTrail trail;

  private final List<String> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(id -> officer().body("").post("/v1/incidents/" + id + "/close"));
  }

  @Test
  void peopleAreCountedOnceAndRecordsEachTime() {
    List<Map<String, Object>> keys = create("subject", 40, false);
    String steward = subject("data-steward");
    Instant began = Instant.now();
    unwrap(asPerson("data-steward"), "contact", keys.subList(0, 30)).statusCode(200);
    unwrap(asPerson("data-steward"), "contact", keys.subList(10, 40)).statusCode(200);
    unwrap(asPerson("data-steward"), "identity", keys.subList(0, 5)).statusCode(200);
    unwrap(asPerson("campaign-manager"), "contact", keys).statusCode(200);
    unwrap(asPerson("data-steward"), "reidentify", keys).statusCode(403);

    exposure(person(steward, began))
        .body("people", equalTo(40))
        .body("pseudonyms", equalTo(0))
        .body("records", equalTo(65))
        .body("byPurpose.contact.keys", equalTo(40))
        .body("byPurpose.contact.records", equalTo(60))
        .body("byPurpose.identity.keys", equalTo(5))
        .body("byPurpose", not(hasKey("reidentify")))
        .body("refused", equalTo(1))
        .body("fromAssumed", equalTo(false))
        .body("first", notNullValue())
        .body("audit.genuine", equalTo(true))
        .body("audit.unreadable", equalTo(0));
  }

  @Test
  void keysThatDoNotExistAreNotExposed() {
    List<Map<String, Object>> keys = new ArrayList<>(create("subject", 3, false));
    keys.add(Map.of("id", UUID.randomUUID().toString(), "version", 1));
    String steward = subject("data-steward");
    Instant began = Instant.now();
    unwrap(asPerson("data-steward"), "contact", keys).statusCode(200);
    exposure(person(steward, began)).body("people", equalTo(3)).body("records", equalTo(3));
  }

  /** Somebody was frozen in the moment between the audit and the answer. */
  @Test
  void whatWasTakenBackBeforeItWasAnsweredIsNotExposed() {
    List<Map<String, Object>> keys = create("subject", 6, false);
    String steward = subject("data-steward");
    Instant began = Instant.now();
    unwrap(asPerson("data-steward"), "contact", keys.subList(0, 4)).statusCode(200);
    AuditEvent released = contact(steward, keys.subList(2, 6));
    trail.write(released);
    trail.write(released);
    trail.write(released.as(Outcome.WITHHELD));
    String incident = person(steward, began);
    exposure(incident).body("people", equalTo(6)).body("records", equalTo(8));
    trail.write(released.as(Outcome.WITHHELD));
    exposure(incident)
        .body("people", equalTo(4))
        .body("records", equalTo(4))
        .body("refused", equalTo(2));
  }

  private static AuditEvent contact(String person, List<Map<String, Object>> keys) {
    return new AuditEvent(
        Instant.now().truncatedTo(ChronoUnit.MICROS),
        "unwrap",
        Outcome.GRANTED,
        "contact",
        "customer-service",
        Optional.of(person),
        Optional.empty(),
        Optional.empty(),
        keys.size(),
        keys.stream()
            .map(key -> new KeyRef(UUID.fromString((String) key.get("id")), 1))
            .map(ref -> new AuditedKey(ref, true))
            .toList());
  }

  @Test
  void aServiceIsWhateverItAskedInItsOwnRight() {
    List<Map<String, Object>> pseudonyms = create("pseudonym", 7, false);
    Instant began = Instant.now();
    unwrapOn("mixer", asCustomerService(), "reidentify", pseudonyms).statusCode(200);
    asCustomerService()
        .body("{\"messages\":1}")
        .post("/v1/dataset-keys/ledger/lease")
        .then()
        .statusCode(200);
    asAnalyticsService()
        .body("{}")
        .post("/v1/dataset-keys/aggregate/unwrap")
        .then()
        .statusCode(200);

    exposure(credential("customer-service", began))
        .body("people", equalTo(0))
        .body("pseudonyms", equalTo(7))
        .body("byPurpose.reidentify.records", equalTo(7))
        .body("datasets.ledger", hasSize(1))
        .body("datasets", not(hasKey("aggregate")))
        .body("remarks", hasSize(1));
    exposure(credential("analytics-service", began))
        .body("people", equalTo(0))
        .body("datasets.aggregate", not(hasSize(0)));
  }

  @Test
  void anIncidentAboutATimeOrAPurposeCountsWhoeverAsked() {
    List<Map<String, Object>> keys = create("subject", 9, false);
    Instant began = Instant.now();
    unwrap(asPerson("data-steward"), "contact", keys.subList(0, 4)).statusCode(200);
    unwrap(asPerson("campaign-manager"), "contact", keys.subList(2, 6)).statusCode(200);
    unwrap(asCustomerService(), "link", keys).statusCode(200);
    Map<String, Object> everyone =
        Map.of(
            "principal",
            "everyone",
            "since",
            began.toString(),
            "until",
            Instant.now().toString(),
            "note",
            "a test");

    exposure(open(with(everyone, List.of())))
        .body("people", equalTo(9))
        .body("records", equalTo(17))
        .body("byPurpose.link.records", equalTo(9));
    exposure(open(with(everyone, List.of("contact"))))
        .body("people", equalTo(6))
        .body("records", equalTo(8))
        .body("byPurpose", not(hasKey("link")));
  }

  private static Map<String, Object> with(Map<String, Object> incident, List<String> purposes) {
    Map<String, Object> all = new HashMap<>(incident);
    all.put("purposes", purposes);
    return all;
  }

  @Test
  void whatWasBeforeTheTheftIsNotCounted() {
    List<Map<String, Object>> keys = create("subject", 4, false);
    unwrap(asPerson("data-steward"), "contact", keys).statusCode(200);
    String steward = subject("data-steward");
    exposure(person(steward, Instant.now()))
        .body("people", equalTo(0))
        .body("records", equalTo(0))
        .body("first", equalTo(null));
  }

  @Test
  void theReportReadsWell() {
    List<Map<String, Object>> keys = create("subject", 2, false);
    String steward = subject("data-steward");
    Instant began = Instant.now();
    unwrap(asPerson("data-steward"), "contact", keys).statusCode(200);
    String page =
        officer()
            .get("/v1/incidents/" + person(steward, began) + "/exposure/report")
            .then()
            .statusCode(200)
            .contentType("text/html")
            .extract()
            .asString();
    assertThat(page)
        .contains("Exposure report", "Article 33(3)", steward)
        .contains("<td>contact</td><td class=\"n\">2</td><td class=\"n\">2</td>")
        .contains("none was changed, removed or reordered");
  }

  @Test
  void officersAloneReadIt() {
    String id = person("nobody", Instant.now());
    for (RequestSpecification caller :
        List.of(asCustomerService(), asPerson("privacy-officer"), asPerson("marketer"))) {
      caller.get("/v1/incidents/" + id + "/exposure").then().statusCode(403);
      caller.get("/v1/incidents/" + id + "/exposure/report").then().statusCode(403);
    }
    officer().get("/v1/incidents/" + new java.util.UUID(1, 1) + "/exposure").then().statusCode(404);
  }

  private static ValidatableResponse exposure(String incident) {
    return officer().get("/v1/incidents/" + incident + "/exposure").then().statusCode(200);
  }

  private String person(String name, Instant since) {
    return open("person", name, since);
  }

  private String credential(String name, Instant since) {
    return open("credential", name, since);
  }

  private String open(String principal, String name, Instant since) {
    return open(
        Map.of(
            "principal",
            principal,
            "name",
            name,
            "purposes",
            List.of(),
            "since",
            since.toString(),
            "note",
            "a test"));
  }

  private String open(Map<String, Object> incident) {
    String id =
        officer().body(incident).post("/v1/incidents").then().statusCode(201).extract().path("id");
    opened.add(id);
    return id;
  }

  /** As the audit knows them. */
  private static String subject(String role) {
    List<Map<String, Object>> key = create("subject", 1, false);
    unwrap(asPerson(role), "contact", key).statusCode(200);
    return officer()
        .get("/v1/audit?action=unwrap&key=" + key.getFirst().get("id"))
        .then()
        .extract()
        .path("entries[0].person");
  }

  private static RequestSpecification officer() {
    return asPerson("security-officer");
  }
}
