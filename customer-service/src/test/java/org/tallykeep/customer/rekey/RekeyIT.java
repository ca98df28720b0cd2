package org.tallykeep.customer.rekey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.RealParts;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.Links;
import org.tallykeep.local.parts.TestParts;

/** A containment from its beginning to its end, with a real database, key service and issuer. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class RekeyIT {

  @Inject Transactions transactions;
  @Inject Links links;
  @Inject @RestClient KeyServiceRekeys keyService;
  @Inject @All List<Resealed> resealed;

  @Test
  void aContainmentEndsAndEverybodyIsReadableBeforeDuringAndAfter() {
    Instant began = Instant.now();
    String name = "rekey-" + UUID.randomUUID();
    List<String> ids =
        IntStream.range(0, 12).mapToObj(i -> profile(name + "-" + i, name, 201)).toList();
    assertThat(profile(name + "-0", "first-" + name, 200)).isEqualTo(ids.getFirst());
    as("security-officer").post("/v1/maintenance/mix").then().statusCode(200);
    List<UUID> customers = ids.stream().map(UUID::fromString).toList();
    Map<UUID, UUID> purchasers = links.purchasersOf(customers);
    List<Map<String, Object>> old = keys(ids);

    String incident = contain(began);
    awaitContained(incident, "step", "reseal");
    assertReadable(ids, name);

    // As one who dies after sealing, before saying so.
    for (Resealed each : resealed) {
      Set<UUID> sealed = new HashSet<>();
      List<Rekey> page = List.of();
      do {
        UUID after = page.isEmpty() ? null : page.getLast().id();
        page = keyService.waiting(each.kind(), after, 1_000).rekeys();
        sealed.addAll(each.reseal(page).sealed());
      } while (page.size() == 1_000);
      assertThat(sealed).as(each.kind()).isNotEmpty();
    }
    assertReadable(ids, name);
    // Who comes again meanwhile is written under the newer version.
    assertThat(profile(name + "-0", "another-" + name, 200)).isEqualTo(ids.getFirst());
    assertThat(profile(name + "-0", name, 200)).isEqualTo(ids.getFirst());

    assertThat(resealUntilNothingIsAbsent()).isZero();
    awaitContained(incident, "state", "done");
    officer().get("/v1/incidents/" + incident).then().body("state", equalTo("contained"));

    assertReadable(ids, name);
    assertThat(links.purchasersOf(customers)).isEqualTo(purchasers);
    as("data-steward")
        .header("Purpose", "a test")
        .get("/v1/customers/" + ids.getFirst() + "/changes")
        .then()
        .statusCode(200)
        .body("changes.revision", contains(4, 3, 2))
        .body("changes[2].before.emails", contains(name + "-0@" + name + ".example.org"));
    assertThat(keys(ids)).extracting(key -> key.get("version")).containsOnly(2);
    keyService(TestParts.get().keycloak().serviceToken("customer-service"))
        .body(Map.of("purpose", "mask", "keys", old))
        .post("/v1/keys/unwrap")
        .then()
        .statusCode(200)
        .body("keys.key", everyItem(nullValue()));
    assertThat(profile(name + "-1", "later-" + name, 200)).isEqualTo(ids.get(1));
    as("security-officer").post("/v1/maintenance/mix").then().statusCode(200);
    as("security-officer").post("/v1/maintenance/rekey").then().statusCode(200);
    officer().body("").post("/v1/incidents/" + incident + "/close").then().statusCode(200);
  }

  @Test
  void aRecordThatDoesNotOpenKeepsAContainmentWaitingUntilAnOfficerGivesItsKeyUp() {
    Instant began = Instant.now();
    String name = "damaged-" + UUID.randomUUID();
    List<String> ids = List.of(profile(name + "-0", name, 201), profile(name + "-1", name, 201));
    Map<String, Object> key = keys(ids.subList(0, 1)).getFirst();
    update(
        """
        UPDATE customer SET contact = set_byte(contact, length(contact) - 1,
          get_byte(contact, length(contact) - 1) # 1)
        WHERE id = ?
        """,
        ids.getFirst());
    String incident = contain(began);
    awaitContained(incident, "step", "reseal");

    assertThat(resealUntilNothingIsAbsent()).isEqualTo(1);
    officer().get("/v1/rekeys?left=true").then().body("rekeys.id", equalTo(List.of(key.get("id"))));
    assertThat(keys(ids.subList(1, 2))).extracting(each -> each.get("version")).containsExactly(2);
    awaitContained(incident, "state", "waiting");

    officer()
        .body(
            Map.of(
                "kind",
                "subject",
                "reason",
                "damaged by a test",
                "keys",
                List.of(Map.of("id", key.get("id"), "version", 2))))
        .post("/v1/rekeys/given-up")
        .then()
        .statusCode(200)
        .body("replaced", equalTo(1));

    awaitContained(incident, "state", "done");
    awaitContained(incident, "givenUp", 1);
    officer().body("").post("/v1/incidents/" + incident + "/close").then().statusCode(200);
    // No other test is to stumble over it.
    update("DELETE FROM customer WHERE id = ?", ids.getFirst());
  }

  /** Returns how many keys are left. */
  private static int resealUntilNothingIsAbsent() {
    return Awaitility.await()
        .until(
            () -> as("security-officer").post("/v1/maintenance/rekey").then().extract(),
            answer -> Integer.valueOf(0).equals(answer.path("absent")))
        .path("left");
  }

  private void update(String sql, String customer) {
    transactions.run(c -> Sql.update(c, sql, UUID.fromString(customer)));
  }

  private static String contain(Instant since) {
    String incident =
        officer()
            .body(
                Map.of(
                    "principal",
                    "credential",
                    "name",
                    "customer-service",
                    "purposes",
                    List.of(),
                    "since",
                    since.toString(),
                    "until",
                    Instant.now().plusMillis(1).toString(),
                    "note",
                    "a test"))
            .post("/v1/incidents")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    officer().body("").post("/v1/incidents/" + incident + "/contain").then().statusCode(202);
    return incident;
  }

  private static void awaitContained(String incident, String field, Object value) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                officer()
                    .get("/v1/incidents/" + incident + "/contain")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path(field),
            equalTo(value));
  }

  private List<Map<String, Object>> keys(List<String> customers) {
    return transactions.call(
        c ->
            Sql.query(
                c,
                "SELECT key_id, key_version FROM customer WHERE id = ANY (?)",
                row -> Map.<String, Object>of("id", row.getString(1), "version", row.getInt(2)),
                (Object) customers.stream().map(UUID::fromString).toArray(UUID[]::new)));
  }

  private static String profile(String externalId, String name, int status) {
    return as("data-steward")
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "externalId", externalId,
                "name", Map.of("given", "Ada"),
                "emails", List.of(externalId + "@" + name + ".example.org")))
        .post("/v1/customers")
        .then()
        .statusCode(status)
        .extract()
        .path("id");
  }

  private static void assertReadable(List<String> ids, String name) {
    for (int i = 0; i < ids.size(); i++) {
      as("data-steward")
          .header("Purpose", "a test")
          .get("/v1/customers/" + ids.get(i) + "?reveal=identity,contact")
          .then()
          .statusCode(200)
          .body("externalIds", equalTo(List.of(name + "-" + i)));
    }
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestParts.get().keycloak().userToken(role));
  }

  private static RequestSpecification officer() {
    TestParts parts = TestParts.get();
    return keyService(
        parts
            .keycloak()
            .exchangedToken(
                "customer-service",
                parts.keycloak().userToken("security-officer"),
                "keyvault-service"));
  }

  private static RequestSpecification keyService(String token) {
    return given()
        .baseUri(TestParts.get().keyService().url())
        .auth()
        .oauth2(token)
        .contentType(ContentType.JSON);
  }
}
