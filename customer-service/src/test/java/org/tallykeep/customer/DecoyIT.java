package org.tallykeep.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.local.parts.TestParts;

/** Customers who do not exist, over HTTP, on the real parts: a decoy for each customer. */
@QuarkusTest
@TestProfile(DecoyIT.OneForEach.class)
class DecoyIT {

  /** As many decoys as customers. */
  public static final class OneForEach implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(RealParts.class, Map.of("tallykeep.decoys.share", "1")));
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  private static final int PEOPLE = 20;

  @Inject Transactions transactions;

  private final String name = "decoys-" + UUID.randomUUID();
  private List<String> people = List.of();
  private List<String> decoys = List.of();

  @BeforeEach
  void importPeople() {
    Set<String> before = customers();
    people = new ArrayList<>(ids(importAll(PEOPLE)));
    Set<String> made = customers();
    made.removeAll(before);
    made.removeAll(people);
    decoys = List.copyOf(made);
    assertThat(people).hasSize(PEOPLE);
    assertThat(decoys).hasSize(PEOPLE);
  }

  @AfterEach
  void nobodyStaysFrozen() {
    for (String id : openIncidents()) {
      officer().body("").post("/v1/incidents/" + id + "/close").then().statusCode(200);
    }
    // Lifting is heard of within a second, like freezing.
    await().until(() -> reveal("data-steward", people.getFirst(), "identity").statusCode() == 200);
  }

  @Test
  void whoeverRevealsOneGetsNothingAndIsFrozenAndNobodyElseIs() {
    reveal("data-steward", people.getFirst(), "identity,contact").then().statusCode(200);

    reveal("data-steward", decoys.getFirst(), "identity,contact")
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:tallykeep:problem:frozen"))
        .body("keySet()", equalTo(Set.of("type", "title", "status", "detail")));

    reveal("data-steward", people.getFirst(), "identity").then().statusCode(403);
    reveal("campaign-manager", people.getFirst(), "contact").then().statusCode(200);
    String incident = openIncidents().getFirst();
    officer()
        .get("/v1/incidents/" + incident)
        .then()
        .body("cause", equalTo("decoy"))
        .body("principal", equalTo("person"))
        .body("name", equalTo(TestParts.get().keycloak().subject("data-steward")));
    assertThat(openIncidents()).hasSize(1);
  }

  @Test
  void whoeverChangesOneOrReadsItsHistoryIsFrozenToo() {
    as("data-steward")
        .header("If-Match", "*")
        .contentType("application/merge-patch+json")
        .body("{\"birthDate\":null}")
        .patch("/v1/customers/" + decoys.getFirst())
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:tallykeep:problem:frozen"));

    assertThat(openIncidents()).hasSize(1);
  }

  @Test
  void maskedTheyAreLikeAnybody() {
    for (String id : people.subList(0, 3)) {
      assertThat(masked(id)).matches(LOOKS);
    }
    for (String id : decoys) {
      assertThat(masked(id)).matches(LOOKS);
    }
    predictions(decoys.subList(0, 2))
        .then()
        .statusCode(200)
        .body("predictions", hasSize(2))
        .body("predictions.reason", equalTo(List.of("no-purchases", "no-purchases")));
    assertThat(openIncidents()).isEmpty();
  }

  @Test
  void importsAndJobsGoOnAsIfThereWereNone() {
    // All again, and as many whose numbers follow on theirs.
    List<String> answers = importAll(2 * PEOPLE);

    assertThat(answers.subList(0, 2 * PEOPLE))
        .allMatch(answer -> answer.contains("\"duplicate\"") || answer.contains("\"created\""));
    for (String job : List.of("mix", "rewrite")) {
      as("security-officer").post("/v1/maintenance/" + job).then().statusCode(200);
    }
    assertThat(openIncidents()).isEmpty();
    reveal("data-steward", people.getLast(), "contact").then().statusCode(200);
    assertThat(masked(decoys.getLast())).matches(LOOKS);
    as("data-steward")
        .contentType("application/json")
        .body("{\"externalId\":\"%s-00001\"}".formatted(name))
        .post("/v1/customers/search")
        .then()
        .body("customers", not(empty()));
  }

  private static final String LOOKS =
      "A••• S••• 19\\d\\d \\[a•••@example\\.org] \\[•••\\d\\d] Springfield null";

  private static String masked(String id) {
    Response view = as("marketer").get("/v1/customers/" + id);
    view.then().statusCode(200).header("ETag", equalTo("\"1-masked\""));
    return "%s %s %s %s %s %s %s"
        .formatted(
            view.<String>path("name.given"),
            view.<String>path("name.family"),
            view.<Integer>path("birthYear"),
            view.<List<String>>path("emails"),
            view.<List<String>>path("phones"),
            view.<String>path("addresses[0].town"),
            view.<Object>path("restricted"));
  }

  private List<String> importAll(int count) {
    String body =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    """
                    {"externalId":"%1$s-%2$05d","name":{"given":"Ada%2$d","family":"Stone%2$d"},\
                    "birthDate":"%3$d-02-03","emails":["ada%1$s%2$d@example.org"],\
                    "phones":["+1202555%2$04d"],"addresses":[{"street":"%2$d Elm St",\
                    "town":"Springfield","country":"US"}]}"""
                        .formatted(name, i, 1950 + i))
            .collect(Collectors.joining("\n"));
    return given()
        .auth()
        .oauth2(TestParts.get().keycloak().serviceToken("ingest"))
        .contentType("application/x-ndjson")
        .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .post("/v1/customers/imports")
        .then()
        .statusCode(200)
        .extract()
        .asString()
        .lines()
        .toList();
  }

  private static List<String> ids(List<String> answers) {
    return answers.stream()
        .filter(answer -> answer.contains("\"created\"") && answer.contains("\"id\""))
        .map(answer -> answer.replaceAll(".*\"id\":\"([0-9a-f-]{36})\".*", "$1"))
        .toList();
  }

  private Set<String> customers() {
    return new HashSet<>(
        transactions.call(c -> Sql.query(c, "SELECT id FROM customer", row -> row.getString(1))));
  }

  private static Response predictions(List<String> customers) {
    StandInAnalytics.best(List.of());
    return as("marketer")
        .contentType("application/json")
        .body(
            "{\"customers\":[\"%s\"],\"horizonDays\":30}"
                .formatted(String.join("\",\"", customers)))
        .post("/v1/predictions");
  }

  private static Response reveal(String role, String id, String what) {
    return as(role).header("Purpose", "a test").get("/v1/customers/" + id + "?reveal=" + what);
  }

  private static List<String> openIncidents() {
    return officer()
        .get("/v1/incidents")
        .then()
        .statusCode(200)
        .extract()
        .path("incidents.findAll { it.state == 'open' }.id");
  }

  private static RequestSpecification officer() {
    TestParts parts = TestParts.get();
    return given()
        .auth()
        .oauth2(parts.keycloak().consoleToken("security-officer"))
        .baseUri(parts.keyService().url())
        .contentType("application/json");
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestParts.get().keycloak().userToken(role));
  }
}
