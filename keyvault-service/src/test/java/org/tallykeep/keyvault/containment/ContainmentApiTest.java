package org.tallykeep.keyvault.containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.tallykeep.keyvault.fixture.KeyCalls.create;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrap;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrapOn;
import static org.tallykeep.keyvault.fixture.Tokens.asAnalyticsService;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.WithLocalRoot;

/** Replacing what a principal was given. */
@QuarkusTest
@TestProfile(WithLocalRoot.class)
class ContainmentApiTest {

  private final List<String> opened = new ArrayList<>();

  @AfterEach
  void close() {
    sealEverything();
    opened.forEach(id -> officer().body("").post("/v1/incidents/" + id + "/close"));
  }

  @Test
  void exposedKeysAreReplacedAndTheOldVersionsOpenNothing() {
    List<Map<String, Object>> keys = create("subject", 12, false);
    List<Map<String, Object>> exposed = keys.subList(0, 8);
    String incident = containWhatWasRead(exposed);

    List<Map<String, Object>> rekeys = waiting();
    assertThat(ids(rekeys)).containsExactlyInAnyOrderElementsOf(ids(exposed));
    List<Map<String, Object>> old = versions(rekeys, "from");
    List<Map<String, Object>> fresh = versions(rekeys, "to");
    assertThat(fresh).extracting(key -> key.get("version")).containsOnly(2);
    List<String> before = bytes(unwrapOn("rekey", asCustomerService(), "contact", old));
    List<String> after = bytes(unwrapOn("rekey", asCustomerService(), "contact", fresh));
    assertThat(before).doesNotContainNull().doesNotContainAnyElementsOf(after);
    // Until everything is sealed anew both serve.
    unwrap(asCustomerService(), "mask", old).body("keys.key", everyItem(notNullValue()));

    acknowledge("subject", fresh, fresh.size());
    acknowledge("subject", fresh, 0);
    unwrap(asCustomerService(), "mask", old).body("keys.key", everyItem(nullValue()));
    unwrap(asCustomerService(), "mask", fresh).body("keys.key", everyItem(notNullValue()));
    unwrap(asCustomerService(), "mask", keys.subList(8, 12))
        .body("keys.key", everyItem(notNullValue()));
    unwrapOn("rekey", asCustomerService(), "contact", fresh)
        .body("keys.key", everyItem(nullValue()));
    // What is restored from a backup opens still, for whoever seals it anew.
    assertThat(bytes(unwrapOn("rekey", asCustomerService(), "contact", old))).isEqualTo(before);
    awaitState(incident, "done");
    officer().get("/v1/incidents/" + incident).then().body("state", equalTo("contained"));
  }

  @Test
  void theGrantOpensNothingThatIsNotReplaced() {
    List<Map<String, Object>> keys = create("subject", 2, false);
    unwrapOn("rekey", asCustomerService(), "contact", keys)
        .statusCode(200)
        .body("keys.key", everyItem(nullValue()));
    unwrapOn("rekey", asAnalyticsService(), "contact", keys).statusCode(403);
    unwrapOn("rekey", asPerson("data-steward"), "contact", keys).statusCode(403);
  }

  @Test
  void whatWaitsIsNamedPageByPage() {
    List<Map<String, Object>> keys = create("subject", 5, false);
    containWhatWasRead(keys);

    List<String> named = new ArrayList<>();
    List<String> page = page("kind=subject&limit=2");
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(2);
      named.addAll(page);
      page = page("kind=subject&limit=2&after=" + page.getLast());
    }

    assertThat(named).doesNotHaveDuplicates().containsAll(ids(keys));
    asCustomerService().get("/v1/rekeys?kind=dataset").then().statusCode(400);
    asCustomerService().get("/v1/rekeys?after=" + named.getFirst()).then().statusCode(422);
  }

  private static List<String> page(String query) {
    return asCustomerService()
        .get("/v1/rekeys?" + query)
        .then()
        .statusCode(200)
        .extract()
        .path("rekeys.id");
  }

  @Test
  void touchedPseudonymsAreReplacedAmongOthers() {
    List<Map<String, Object>> pseudonyms = create("pseudonym", 400, false);
    // They would hide nobody.
    destroy("pseudonym", pseudonyms.subList(300, 400));
    Instant began = Instant.now();
    unwrapOn("mixer", asCustomerService(), "reidentify", pseudonyms.subList(0, 3)).statusCode(200);
    asCustomerService()
        .body("{\"messages\":1}")
        .post("/v1/dataset-keys/ledger/lease")
        .then()
        .statusCode(200);
    int version = ledgerVersion();
    String incident = contain(Map.of("principal", "credential", "name", "customer-service"), began);
    awaitStep(incident, "reseal");

    List<Map<String, Object>> rekeys = waitingPseudonyms();
    assertThat(rekeys).hasSizeGreaterThanOrEqualTo(256);
    assertThat(rekeys.stream().map(key -> key.get("to")).distinct()).hasSize(1);
    assertThat(ids(rekeys)).containsAll(ids(pseudonyms.subList(0, 3)));
    assertThat(ledgerVersion()).isEqualTo(version + 1);
    sealEverything();
    awaitState(incident, "done");

    // The next time there are as many, those of the last time among them.
    Instant again = Instant.now();
    List<Map<String, Object>> untouched =
        pseudonyms.stream()
            .filter(key -> !ids(rekeys).contains(String.valueOf(key.get("id"))))
            .limit(1)
            .toList();
    unwrapOn("mixer", asCustomerService(), "reidentify", untouched).statusCode(200);
    awaitStep(
        contain(Map.of("principal", "credential", "name", "customer-service"), again), "reseal");
    assertThat(waitingPseudonyms()).hasSizeGreaterThanOrEqualTo(256);
    assertThat(waitingPseudonyms().stream().map(key -> key.get("to")).distinct()).hasSize(1);
  }

  private static void destroy(String kind, List<Map<String, Object>> keys) {
    asCustomerService()
        .body(Map.of("kind", kind, "mode", "sever", "ids", ids(keys)))
        .post("/v1/keys/destroy")
        .then()
        .statusCode(200);
  }

  private static List<Map<String, Object>> waitingPseudonyms() {
    return waiting().stream().filter(key -> "pseudonym".equals(key.get("kind"))).toList();
  }

  @Test
  void decoysAreReplacedAsDecoys() {
    List<Map<String, Object>> decoys = create("subject", 1, true);
    Instant began = Instant.now();
    unwrap(asCustomerService(), "link", decoys).statusCode(200);
    String incident = contain(Map.of("principal", "credential", "name", "customer-service"), began);
    awaitStep(incident, "reseal");
    List<Map<String, Object>> fresh =
        versions(waiting(), "to").stream()
            .filter(key -> ids(decoys).contains(String.valueOf(key.get("id"))))
            .toList();
    unwrapOn("rekey", asCustomerService(), "contact", fresh)
        .statusCode(200)
        .body("keys.key", everyItem(notNullValue()));
    unwrap(asPerson("campaign-manager"), "contact", fresh)
        .statusCode(403)
        .body("type", equalTo("urn:tallykeep:problem:frozen"));
    List<String> incidents = officer().get("/v1/incidents").then().extract().path("incidents.id");
    opened.add(incidents.getFirst());
  }

  @Test
  void whatIsExposedWhileItIsReplacedIsReplacedOnceMore() {
    List<Map<String, Object>> keys = create("subject", 2, false);
    String first = containWhatWasRead(keys);
    List<Map<String, Object>> second = versions(waiting(), "to");
    String later = containWhatWasRead(second);

    acknowledge("subject", second, 2);

    await().atMost(Duration.ofSeconds(30)).until(() -> waiting().size(), equalTo(2));
    List<Map<String, Object>> third = versions(waiting(), "to");
    assertThat(third).extracting(key -> key.get("version")).containsOnly(3);
    assertThat(versions(waiting(), "from")).containsExactlyInAnyOrderElementsOf(second);
    assertThat(contained(later, "state")).isNotEqualTo("done");
    acknowledge("subject", third, 2);
    awaitState(first, "done");
    awaitState(later, "done");
    for (List<Map<String, Object>> exposed : List.of(keys, second)) {
      unwrap(asCustomerService(), "mask", exposed).body("keys.key", everyItem(nullValue()));
    }
    unwrap(asCustomerService(), "mask", third).body("keys.key", everyItem(notNullValue()));
  }

  @Test
  void whatCannotBeSealedIsSeenAndGivenUpByAnOfficer() {
    List<Map<String, Object>> keys = create("subject", 2, false);
    String incident = containWhatWasRead(keys);
    List<Map<String, Object>> fresh = versions(waiting(), "to");
    acknowledge("subject", fresh.subList(0, 1), 1);
    Object stuck = fresh.getLast().get("id");

    List<String> seen = officer().get("/v1/rekeys").then().extract().path("rekeys.id");
    assertThat(seen).containsExactly(String.valueOf(stuck));
    assertThat(left()).isEmpty();
    Map<String, Object> said = Map.of("kind", "subject", "keys", fresh);
    Map<String, Object> givenUp =
        Map.of("kind", "subject", "keys", fresh.subList(1, 2), "reason", "damaged by a test");
    asCustomerService().body(givenUp).post("/v1/rekeys/given-up").then().statusCode(403);
    officer()
        .body(Map.of("kind", "subject", "keys", fresh.subList(1, 2), "reason", " "))
        .post("/v1/rekeys/given-up")
        .then()
        .statusCode(400);
    giveUp(givenUp, 0);
    officer().body(said).post("/v1/rekeys/left").then().statusCode(403);
    for (int i = 0; i < 2; i++) {
      asCustomerService()
          .body(said)
          .post("/v1/rekeys/left")
          .then()
          .statusCode(200)
          .body("left", equalTo(1));
    }
    assertThat(left()).containsExactly(String.valueOf(stuck));
    giveUp(givenUp, 1);
    giveUp(givenUp, 0);

    officer().get("/v1/incidents/" + incident + "/contain").then().body("givenUp", equalTo(1));
    awaitState(incident, "done");
    unwrap(asCustomerService(), "mask", keys).body("keys.key", everyItem(nullValue()));
    officer()
        .get("/v1/audit?action=give-up-rekeys&outcome=granted&key=" + stuck)
        .then()
        .body("entries.size()", equalTo(3))
        .body("entries[0].caseId", equalTo("damaged by a test"));
  }

  private static List<String> left() {
    return officer().get("/v1/rekeys?left=true").then().statusCode(200).extract().path("rekeys.id");
  }

  private static void giveUp(Map<String, Object> keys, int replaced) {
    officer()
        .body(keys)
        .post("/v1/rekeys/given-up")
        .then()
        .statusCode(200)
        .body("replaced", equalTo(replaced));
  }

  @Test
  void whatIsDestroyedMeanwhileNeedsNoNewKey() {
    List<Map<String, Object>> keys = create("subject", 3, false);
    String incident = containWhatWasRead(keys);
    destroy("subject", keys);
    assertThat(ids(waiting())).doesNotContainAnyElementsOf(ids(keys));
    awaitState(incident, "done");
    unwrapOn("rekey", asCustomerService(), "contact", keys)
        .body("keys.key", everyItem(nullValue()));
  }

  @Test
  void officersContainAndTheCustomerServiceSealsAndNobodyElse() {
    String incident = open(Map.of("principal", "person", "name", "nobody"), Instant.now());
    for (RequestSpecification caller :
        List.of(asCustomerService(), asPerson("privacy-officer"), asAnalyticsService())) {
      caller.body("").post("/v1/incidents/" + incident + "/contain").then().statusCode(403);
      caller.get("/v1/incidents/" + incident + "/contain").then().statusCode(403);
    }
    for (RequestSpecification caller : List.of(asPerson("privacy-officer"), asAnalyticsService())) {
      caller.get("/v1/rekeys").then().statusCode(403);
    }
    for (RequestSpecification caller : List.of(officer(), asAnalyticsService())) {
      caller
          .body(Map.of("kind", "subject", "keys", List.of(Map.of("id", incident, "version", 2))))
          .post("/v1/rekeys/acks")
          .then()
          .statusCode(403);
    }
    officer().get("/v1/incidents/" + incident + "/contain").then().statusCode(404);
    officer().body("").post("/v1/incidents/" + incident + "/contain").then().statusCode(202);
    officer().body("").post("/v1/incidents/" + incident + "/contain").then().statusCode(202);
    awaitState(incident, "done");
  }

  /** Somebody is given these keys, and that is contained up to where they wait to be sealed. */
  private String containWhatWasRead(List<Map<String, Object>> keys) {
    Instant began = Instant.now();
    unwrap(asPerson("data-steward"), "contact", keys).statusCode(200);
    String incident = contain(person("data-steward", keys), began);
    awaitStep(incident, "reseal");
    return incident;
  }

  private String contain(Map<String, String> principal, Instant since) {
    String incident = open(principal, since);
    officer()
        .body("")
        .post("/v1/incidents/" + incident + "/contain")
        .then()
        .statusCode(202)
        .body("incident", equalTo(incident));
    return incident;
  }

  private String open(Map<String, String> principal, Instant since) {
    Map<String, Object> body = new HashMap<>(principal);
    body.put("purposes", List.of());
    body.put("since", since.toString());
    body.put("until", Instant.now().plusMillis(1).toString());
    body.put("note", "a test");
    String id =
        officer().body(body).post("/v1/incidents").then().statusCode(201).extract().path("id");
    opened.add(id);
    return id;
  }

  private static Map<String, String> person(String role, List<Map<String, Object>> keys) {
    String name =
        officer()
            .get("/v1/audit?action=unwrap&purpose=contact&key=" + keys.getFirst().get("id"))
            .then()
            .extract()
            .path("entries[0].person");
    assertThat(name).as(role).isNotNull();
    return Map.of("principal", "person", "name", name);
  }

  private static void awaitStep(String incident, String step) {
    await().atMost(Duration.ofSeconds(30)).until(() -> contained(incident, "step"), equalTo(step));
  }

  private static void awaitState(String incident, String state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> contained(incident, "state"), equalTo(state));
  }

  private static String contained(String incident, String field) {
    return officer()
        .get("/v1/incidents/" + incident + "/contain")
        .then()
        .statusCode(200)
        .extract()
        .path(field);
  }

  private static List<Map<String, Object>> waiting() {
    return asCustomerService().get("/v1/rekeys").then().statusCode(200).extract().path("rekeys");
  }

  /** As the customer service would, without anything to seal. */
  private static void sealEverything() {
    Set<String> kinds = new HashSet<>(Set.of("subject", "pseudonym"));
    for (String kind : kinds) {
      List<Map<String, Object>> left =
          waiting().stream().filter(key -> kind.equals(key.get("kind"))).toList();
      if (!left.isEmpty()) {
        acknowledge(kind, versions(left, "to"), left.size());
      }
    }
  }

  private static void acknowledge(String kind, List<Map<String, Object>> keys, int replaced) {
    asCustomerService()
        .body(Map.of("kind", kind, "keys", keys))
        .post("/v1/rekeys/acks")
        .then()
        .statusCode(200)
        .body("replaced", equalTo(replaced));
  }

  private static List<Map<String, Object>> versions(
      List<Map<String, Object>> rekeys, String which) {
    return rekeys.stream()
        .map(
            key ->
                Map.<String, Object>of(
                    "id", String.valueOf(key.get("id")),
                    "version", Integer.parseInt(String.valueOf(key.get(which)))))
        .toList();
  }

  private static List<String> bytes(io.restassured.response.ValidatableResponse answer) {
    return answer.statusCode(200).extract().path("keys.key");
  }

  private static Set<String> ids(List<Map<String, Object>> keys) {
    return keys.stream().map(key -> String.valueOf(key.get("id"))).collect(Collectors.toSet());
  }

  private static int ledgerVersion() {
    return asCustomerService()
        .body("{\"messages\":1}")
        .post("/v1/dataset-keys/ledger/lease")
        .then()
        .extract()
        .path("version");
  }

  private static RequestSpecification officer() {
    return asPerson("security-officer");
  }
}
