package org.tallykeep.keyvault.revocation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.tallykeep.keyvault.fixture.KeyCalls.create;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrap;
import static org.tallykeep.keyvault.fixture.Tokens.asAnalyticsService;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.tallykeep.evidence.LedgerOverride;
import org.tallykeep.evidence.SigningKeys;
import org.tallykeep.evidence.Statement;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.fixture.OffsetClock;
import org.tallykeep.keyvault.fixture.WithLostLedger;
import org.tallykeep.keyvault.platform.Database;

/** A service whose ledger is lost, from its start until two officers took what is left. */
@QuarkusTest
@TestProfile(WithLostLedger.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LedgerRecoveryTest {

  private static final String LEFT = "00".repeat(32);
  private static final String REMEMBERED = "57".repeat(32);

  @Inject LedgerOverrides overrides;
  @Inject Database database;
  @Inject OffsetClock clock;

  @Test
  @Order(1)
  void itStaysUpAndIsNotReadyAndOpensNothing() {
    given().get("/q/health/live").then().statusCode(200);
    given().get("/q/health/ready").then().statusCode(503);
    List<Map<String, Object>> key =
        List.of(Map.of("id", UUID.randomUUID().toString(), "version", 1));
    Stream.of(
            asCustomerService()
                .body(Map.of("kind", "subject", "count", 1, "purposes", List.of("link")))
                .post("/v1/keys")
                .then(),
            unwrap(asCustomerService(), "link", key),
            unwrap(asPerson("data-steward"), "contact", key),
            asCustomerService()
                .body("{\"messages\":1}")
                .post("/v1/dataset-keys/ledger/lease")
                .then(),
            asAnalyticsService()
                .body("{\"messages\":1}")
                .post("/v1/dataset-keys/aggregate/lease")
                .then(),
            asCustomerService()
                .body(
                    Map.of(
                        "kind",
                        "subject",
                        "mode",
                        "sever",
                        "ids",
                        List.of(UUID.randomUUID().toString())))
                .post("/v1/keys/destroy")
                .then())
        .forEach(
            answer ->
                answer
                    .statusCode(503)
                    .body("type", equalTo("urn:tallykeep:problem:revocation-ledger-broken")));
  }

  @Test
  @Order(2)
  void officersSeeWhatIsWrongAndNobodyElseDoes() {
    officer()
        .get("/v1/revocations/ledger")
        .then()
        .statusCode(200)
        .body("ready", equalTo(false))
        .body("problem", containsString("ends at entry 0, but the database remembers entry 57"))
        .body("head.position", equalTo(0))
        .body("head.hash", equalTo(LEFT))
        .body("remembered.position", equalTo(57))
        .body("remembered.hash", equalTo(REMEMBERED))
        .body("overridable", equalTo(true));
    for (RequestSpecification other : List.of(asCustomerService(), asPerson("data-steward"))) {
      other.get("/v1/revocations/ledger").then().statusCode(403);
      other
          .body(body(LEFT, REMEMBERED))
          .post("/v1/revocations/ledger/override")
          .then()
          .statusCode(403);
    }
  }

  @Test
  @Order(3)
  void onlyWhatIsSeenIsOverridden() {
    say(REMEMBERED, LEFT).statusCode(409).body("type", equalTo(type("ledger-changed")));
    say(LEFT, "58".repeat(32)).statusCode(409).body("type", equalTo(type("ledger-changed")));
    say(LEFT, "no hash").statusCode(400);
  }

  @Test
  @Order(4)
  void oneOfficerIsNotEnoughAndTheirWordHoldsForAnHour() {
    say(LEFT, REMEMBERED).statusCode(202).body("state", equalTo("asked"));
    say(LEFT, REMEMBERED).statusCode(403).body("type", equalTo(type("second-officer-needed")));
    clock.advance(Duration.ofMinutes(61));
    say(LEFT, REMEMBERED).statusCode(202);
    say(LEFT, REMEMBERED).statusCode(403);
    given().get("/q/health/ready").then().statusCode(503);
  }

  @Test
  @Order(5)
  void aFrozenOfficerOverridesNothing() {
    String self =
        officer()
            .body(
                Map.of(
                    "principal", "person", "name", "x", "purposes", List.of("link"), "note", "-"))
            .post("/v1/incidents")
            .then()
            .statusCode(201)
            .extract()
            .path("openedBy");
    String incident =
        officer()
            .body(
                Map.of("principal", "person", "name", self, "purposes", List.of("*"), "note", "-"))
            .post("/v1/incidents")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    say(LEFT, REMEMBERED).statusCode(403).body("type", equalTo(type("frozen")));
    execute("UPDATE principal_freeze SET lifted_at = now() WHERE incident = '%s'", incident);
    await().until(() -> officer().get("/v1/revocations/ledger").statusCode() == 200);
    // What they had said before counts no more, and may be said anew.
    say(LEFT, REMEMBERED).statusCode(202).body("state", equalTo("asked"));
  }

  @Test
  @Order(6)
  void aSecondOfficerTakesItAndTheServiceGoesOn() {
    LedgerOverrides.Outcome outcome =
        overrides.say(
            new Caller.Person("security-console", "another officer", Set.of("security-officer")),
            new LedgerOverrides.Wanted(LEFT, REMEMBERED, "lost for good"));
    assertThat(outcome).isInstanceOf(LedgerOverrides.Accepted.class);
    SigningKeys keys =
        SigningKeys.parse(RestAssured.get("/v1/signing-keys").then().extract().asString());
    LedgerOverride note =
        Statement.LEDGER_OVERRIDE.verified(((LedgerOverrides.Accepted) outcome).signed(), keys);
    assertThat(note.rememberedPosition()).isEqualTo(57);
    assertThat(note.rememberedHash()).isEqualTo(REMEMBERED);

    await().untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    officer()
        .get("/v1/revocations/ledger")
        .then()
        .body("ready", equalTo(true))
        .body("problem", nullValue())
        .body("overridable", equalTo(false))
        .body("head.position", greaterThanOrEqualTo(2));
    List<Map<String, Object>> made = create("subject", 1, false);
    unwrap(asCustomerService(), "link", made).statusCode(200);
    assertThatThrownBy(
            () ->
                overrides.say(
                    new Caller.Person("security-console", "a third", Set.of("security-officer")),
                    new LedgerOverrides.Wanted(LEFT, REMEMBERED, "once more")))
        .isInstanceOf(OverrideRefused.class);
  }

  @Test
  @Order(7)
  void bothWordsAreInTheAudit() {
    for (var expected :
        Map.of("ledger-override-asked", 3, "ledger-override-accepted", 1).entrySet()) {
      officer()
          .get("/v1/audit?action=" + expected.getKey())
          .then()
          .statusCode(200)
          .body("entries", hasSize(expected.getValue()));
    }
    // The officer who was frozen was refused as the two were who are none.
    for (var expected : Map.of("granted", 7, "refused", 3).entrySet()) {
      officer()
          .get("/v1/audit?action=override-ledger&outcome=" + expected.getKey())
          .then()
          .statusCode(200)
          .body("entries", hasSize(expected.getValue()));
    }
  }

  private static String type(String name) {
    return "urn:tallykeep:problem:" + name;
  }

  private static RequestSpecification officer() {
    return asPerson("security-officer");
  }

  private static ValidatableResponse say(String head, String remembered) {
    return officer().body(body(head, remembered)).post("/v1/revocations/ledger/override").then();
  }

  private static Map<String, Object> body(String head, String remembered) {
    return Map.of("head", head, "remembered", remembered, "reason", "lost for good");
  }

  private void execute(String sql, Object... values) {
    database.statement(connection -> connection.createStatement().execute(sql.formatted(values)));
  }
}
