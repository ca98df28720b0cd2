package org.tallykeep.keyvault.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.tallykeep.keyvault.fixture.Tokens.as;
import static org.tallykeep.keyvault.fixture.Tokens.asAnalyticsService;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;
import static org.tallykeep.keyvault.fixture.Tokens.keycloak;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.fixture.Tokens;
import org.tallykeep.keyvault.fixture.WithLocalRoot;
import org.tallykeep.keyvault.platform.Database;

@QuarkusTest
@TestProfile(WithLocalRoot.class)
class RefusalTest {

  private static final List<String> PATHS =
      List.of(
          "/v1/keys",
          "/v1/keys/unwrap",
          "/v1/dataset-keys/ledger/lease",
          "/v1/dataset-keys/ledger/unwrap",
          "/v1/tags",
          "/v1/maintenance/rewrite");

  @Inject Database database;

  @Test
  void withoutATokenNothingIsAnswered() {
    PATHS.forEach(path -> unauthenticated(given(), path));
  }

  @Test
  void anExpiredTokenIsNone() {
    String expired = keycloak().expiredUserToken("data-steward");
    PATHS.forEach(path -> unauthenticated(as(expired), path));
  }

  @Test
  void aTokenForAnotherAudienceIsNone() {
    String foreign = keycloak().foreignAudienceToken("data-steward");
    String ofThePublicServices = keycloak().userToken("data-steward");
    PATHS.forEach(path -> unauthenticated(as(foreign), path));
    PATHS.forEach(path -> unauthenticated(as(ofThePublicServices), path));
  }

  @Test
  void aForgedTokenIsNone() {
    String forged = Tokens.service("customer-service").replaceFirst("\\.[^.]*$", ".AAAA");
    unauthenticated(as(forged), "/v1/keys");
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void analyticsIsRefusedEveryOtherPurpose(Purpose purpose) {
    refusedOrNot(asAnalyticsService(), purpose, List.of("aggregate", "manifest"));
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void aMarketerIsRefusedEveryPurpose(Purpose purpose) {
    refusedOrNot(asPerson("marketer"), purpose, List.of());
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void aPrivacyOfficerHasNothingWithoutAGrantForOneCustomer(Purpose purpose) {
    refusedOrNot(asPerson("privacy-officer"), purpose, List.of());
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void aCampaignManagerHasContactOnly(Purpose purpose) {
    refusedOrNot(asPerson("campaign-manager"), purpose, List.of("contact"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixer", "ingest", "nothing"})
  void noGrantHelpsAnyoneElse(String grant) {
    for (String purpose : List.of("identity", "contact", "reidentify", "link")) {
      Map<String, Object> body = Map.of("purpose", purpose, "keys", someKeys(), "grant", grant);
      refused(asAnalyticsService().body(body).post("/v1/keys/unwrap"));
      refused(asPerson("data-steward").body(body).post("/v1/keys/unwrap"));
    }
  }

  @Test
  void nobodyElseCreatesTagsOrMaintains() {
    for (RequestSpecification caller :
        List.of(asAnalyticsService(), asPerson("data-steward"), asPerson("marketer"))) {
      refused(
          caller
              .body(Map.of("kind", "subject", "count", 1, "purposes", List.of("link")))
              .post("/v1/keys"));
      refused(caller.body(Map.of("field", "email", "values", List.of("AA=="))).post("/v1/tags"));
      refused(caller.body("").post("/v1/maintenance/rewrite"));
    }
    refused(
        asPerson("security-officer")
            .body(Map.of("kind", "subject", "count", 1, "purposes", List.of("link")))
            .post("/v1/keys"));
  }

  @Test
  void aSecurityOfficerAndTheCustomerServiceRewrite() {
    for (RequestSpecification caller :
        List.of(asPerson("security-officer"), Tokens.asCustomerService())) {
      caller.body("").post("/v1/maintenance/rewrite").then().statusCode(200);
    }
  }

  @Test
  void aGrantThatIsTakenAwayEndsAtOnce() {
    Map<String, Object> body = Map.of("purpose", "identity", "keys", someKeys(), "grant", "ingest");
    Tokens.asCustomerService().body(body).post("/v1/keys/unwrap").then().statusCode(200);
    execute("DELETE FROM standing_grant WHERE name = 'ingest' AND purpose = 'identity'");
    refused(Tokens.asCustomerService().body(body).post("/v1/keys/unwrap"));
    execute("INSERT INTO standing_grant VALUES ('ingest', 'customer-service', 'identity')");
    Tokens.asCustomerService().body(body).post("/v1/keys/unwrap").then().statusCode(200);
  }

  @Test
  void aRefusalIsWrittenDown() {
    long before = entries();
    refused(
        asAnalyticsService()
            .body(Map.of("purpose", "link", "keys", someKeys()))
            .post("/v1/keys/unwrap"));
    assertThat(entries()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @CsvSource({"/q/health/live", "/q/health/ready", "/q/openapi"})
  void healthAndTheApiDocumentAreOpen(String path) {
    given().get(path).then().statusCode(200);
  }

  private static void refusedOrNot(
      RequestSpecification caller, Purpose purpose, List<String> allowed) {
    if (purpose.family() == Family.DATASET) {
      for (String action : List.of("lease", "unwrap")) {
        var answer =
            caller
                .body("lease".equals(action) ? "{\"messages\":1}" : "{}")
                .post("/v1/dataset-keys/" + purpose.label() + "/" + action);
        if (allowed.contains(purpose.label())) {
          answer.then().statusCode(200);
        } else {
          refused(answer);
        }
      }
    }
    var answer =
        caller.body(Map.of("purpose", purpose.label(), "keys", someKeys())).post("/v1/keys/unwrap");
    if (allowed.contains(purpose.label())) {
      answer.then().statusCode(purpose.family() == Family.DATASET ? 422 : 200);
    } else {
      refused(answer);
    }
  }

  private static List<Map<String, Object>> someKeys() {
    return List.of(Map.of("id", UUID.randomUUID().toString(), "version", 1));
  }

  private static void refused(io.restassured.response.Response answer) {
    ValidatableResponse response = answer.then();
    response
        .statusCode(403)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:tallykeep:problem:purpose-not-allowed"));
  }

  private static void unauthenticated(RequestSpecification caller, String path) {
    caller
        .contentType("application/json")
        .body("{}")
        .post(path)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", startsWith("Bearer"))
        .body("type", equalTo("urn:tallykeep:problem:unauthenticated"));
  }

  private long entries() {
    return database.statement(
        connection -> {
          try (var found =
              connection.createStatement().executeQuery("SELECT count(*) FROM audit_entry")) {
            found.next();
            return found.getLong(1);
          }
        });
  }

  private void execute(String sql) {
    database.statement(connection -> connection.createStatement().execute(sql));
  }
}
