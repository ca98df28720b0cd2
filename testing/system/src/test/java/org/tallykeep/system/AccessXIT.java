package org.tallykeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.system.stack.Client;
import org.tallykeep.system.stack.Reply;
import org.tallykeep.system.stack.Retailer;
import org.tallykeep.system.stack.Suite;

/** Who may do what, and that nobody else may. */
@Order(2)
class AccessXIT {

  private final Suite suite = Suite.get();
  private final Retailer retailer = new Retailer(suite);

  /** One closed path of each service. */
  static Stream<Arguments> closedPaths() {
    return Stream.of(
        Arguments.of("customer-service", "/v1/customers"),
        Arguments.of("customer-service", "/v1/predictions"),
        Arguments.of("analytics-service", "/v1/backtests"),
        Arguments.of("analytics-service", "/v1/refresh"),
        Arguments.of("keyvault-service", "/v1/keys"),
        Arguments.of("keyvault-service", "/v1/keys/unwrap"),
        Arguments.of("keyvault-service", "/v1/tags"),
        Arguments.of("keyvault-service", "/v1/dataset-keys/aggregate/lease"));
  }

  @ParameterizedTest
  @MethodSource("closedPaths")
  void withoutATokenNothingOpens(String service, String path) {
    isUnauthenticated(Client.withoutToken(suite.service(service)).post(path, "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer-service", "analytics-service", "keyvault-service"})
  void metricsAreClosedAndHealthIsOpen(String service) {
    Client stranger = Client.withoutToken(suite.service(service));
    assertThat(stranger.get("/q/metrics").status()).isEqualTo(401);
    assertThat(stranger.get("/q/health/live").status()).isEqualTo(200);
    assertThat(stranger.get("/q/openapi").status()).isEqualTo(200);
  }

  @Test
  void anExpiredTokenOpensNothing() {
    String expired = suite.keycloak().expiredUserToken("data-steward");
    closedPaths()
        .map(Arguments::get)
        .forEach(
            p ->
                isUnauthenticated(
                    Client.of(suite.service((String) p[0]), expired).post((String) p[1], "{}")));
  }

  @Test
  void aTokenForAnotherAudienceOpensNothing() {
    String foreign = suite.keycloak().foreignAudienceToken("data-steward");
    closedPaths()
        .map(Arguments::get)
        .forEach(
            p ->
                isUnauthenticated(
                    Client.of(suite.service((String) p[0]), foreign).post((String) p[1], "{}")));
  }

  @Test
  void aPersonsOwnTokenIsNotForTheKeyService() {
    String steward = suite.keycloak().userToken("data-steward");
    isUnauthenticated(Client.of(suite.keyvault(), steward).post("/v1/keys/unwrap", "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "contact", "link", "mask", "reidentify"})
  void theAnalyticsIdentityGetsNoKeyOfAPerson(String purpose) {
    String body =
        """
        {"purpose":"%s","keys":[{"id":"%s","version":1}]}""";
    isRefused(asAnalytics().post("/v1/keys/unwrap", body.formatted(purpose, UUID.randomUUID())));
  }

  @ParameterizedTest
  @CsvSource({"reidentify, mixer", "identity, ingest", "contact, ingest"})
  void theAnalyticsIdentityHasNoGrants(String purpose, String grant) {
    String body =
        """
        {"purpose":"%s","grant":"%s","keys":[{"id":"%s","version":1}]}""";
    isRefused(
        asAnalytics().post("/v1/keys/unwrap", body.formatted(purpose, grant, UUID.randomUUID())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger", "index", "audit", "tag", "revocation"})
  void theAnalyticsIdentityGetsNoOtherDataset(String purpose) {
    for (String operation : List.of("lease", "unwrap")) {
      Reply reply =
          asAnalytics()
              .post(
                  "/v1/dataset-keys/" + purpose + "/" + operation,
                  operation.equals("lease") ? "{\"messages\":1}" : "{}");
      // Purposes of the key service's own are not even admitted to exist.
      assertThat(reply.status()).as("%s %s", purpose, reply.body()).isIn(400, 403, 404);
      assertThat(reply.body()).doesNotContain("\"key\"");
    }
  }

  @Test
  void theAnalyticsIdentityMakesNoKeysAndNoTags() {
    isRefused(
        asAnalytics()
            .post("/v1/keys", "{\"kind\":\"subject\",\"count\":1,\"purposes\":[\"link\"]}"));
    isRefused(
        asAnalytics()
            .post(
                "/v1/tags",
                "{\"field\":\"email\",\"values\":[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aggregate", "manifest"})
  void theAnalyticsIdentityGetsItsOwnTwo(String purpose) {
    Reply reply = asAnalytics().post("/v1/dataset-keys/" + purpose + "/unwrap", "{}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  @Test
  void aMarketerMayNotWhatADataStewardMay() {
    Client marketer = retailer.customerAs("marketer");
    isRefused(marketer.post("/v1/customers", "{\"externalId\":\"refused-1\"}"));
    isRefused(
        marketer.importLines(Retailer.CUSTOMER_IMPORTS, List.of("{\"externalId\":\"refused-1\"}")));
    isRefused(marketer.importLines(Retailer.PURCHASE_IMPORTS, List.of("{}")));
    isRefused(marketer.post("/v1/maintenance/rewrite", ""));
    isRefused(marketer.get("/v1/aggregates/purchase-histories"));
    isRefused(retailer.analyticsAs("marketer").post("/v1/refresh", ""));
  }

  @Test
  void theClearIsForTheStewardAndOnlyWithAPurpose() {
    Reply made =
        retailer
            .customerAs("data-steward")
            .post(
                "/v1/customers",
                """
                {"externalId":"clear-1","name":{"given":"Ottoline","family":"Quarrington"},
                 "emails":["ottoline@quarrington.example"]}""");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    String path = "/v1/customers/" + made.json().path("id").asText();

    Reply masked = retailer.customerAs("marketer").get(path);
    assertThat(masked.status()).as(masked.body()).isEqualTo(200);
    assertThat(masked.body()).doesNotContain("Quarrington", "ottoline@quarrington");

    var reason = java.util.Map.of("Purpose", "a complaint of the customer");
    isRefused(retailer.customerAs("marketer").get(path + "?reveal=identity,contact", reason));
    isRefused(retailer.customerAs("campaign-manager").get(path + "?reveal=identity", reason));
    assertThat(retailer.customerAs("data-steward").get(path + "?reveal=identity,contact").status())
        .isIn(400, 422);
    Reply clear =
        retailer.customerAs("data-steward").get(path + "?reveal=identity,contact", reason);
    assertThat(clear.status()).as(clear.body()).isEqualTo(200);
    assertThat(clear.body()).contains("Quarrington", "ottoline@quarrington.example");
  }

  private Client asAnalytics() {
    return Client.of(suite.keyvault(), suite.keycloak().serviceToken("analytics-service"));
  }

  private static void isRefused(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(403);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  private static void isUnauthenticated(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(401);
    assertThat(reply.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
    assertThat(reply.problem()).isEqualTo("unauthenticated");
  }

  @Test
  void whatOneServiceIsShownIsNoTokenForAnother() {
    String wide = Suite.get().keycloak().serviceToken("customer-service");
    for (String other : List.of("analytics-service", "keyvault-service")) {
      String narrow = Suite.get().keycloak().exchangedToken("customer-service", wide, other);
      Reply keys =
          Client.of(Suite.get().keyvault(), narrow)
              .post("/v1/dataset-keys/ledger/lease", "{\"messages\":1}");
      assertThat(keys.status()).isEqualTo(other.equals("keyvault-service") ? 200 : 401);
    }
  }
}
