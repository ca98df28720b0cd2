package org.tallykeep.analytics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.analytics.histories.CustomerServiceStandIn;
import org.tallykeep.analytics.platform.Transactions;
import org.tallykeep.local.parts.TestKeycloak;
import org.tallykeep.local.parts.TestParts;

/** The whole service on real PostgreSQL, Keycloak and key service, with the CDNOW sample. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AnalyticsServiceTest {

  private static final String CDNOW = "{\"until\":\"1997-09-30\",\"horizonDays\":273}";

  private final TestKeycloak keycloak = TestParts.get().keycloak();
  private final Transactions transactions;
  private final String customerUrl;
  private final String keyvaultUrl;
  private CustomerServiceStandIn customerService;

  AnalyticsServiceTest(
      Transactions transactions,
      @ConfigProperty(name = "tallykeep.customer.url") String customerUrl,
      @ConfigProperty(name = "tallykeep.keyvault.url") String keyvaultUrl) {
    this.transactions = transactions;
    this.customerUrl = customerUrl;
    this.keyvaultUrl = keyvaultUrl;
  }

  @BeforeAll
  void serveTheSample() throws Exception {
    customerService =
        new CustomerServiceStandIn(
            URI.create(customerUrl),
            URI.create(keyvaultUrl),
            keycloak.serviceToken("customer-service"));
    Cdnow.days().forEach(customerService.stored::put);
  }

  @AfterAll
  void stopServing() {
    if (customerService != null) {
      customerService.close();
    }
  }

  /** Figures as doubles: floats would hide all but seven of their digits. */
  private static RequestSpecification request() {
    return given()
        .config(
            RestAssuredConfig.config()
                .jsonConfig(
                    JsonConfig.jsonConfig()
                        .numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE)));
  }

  private RequestSpecification as(String role) {
    return request().auth().oauth2(keycloak.userToken(role)).contentType("application/json");
  }

  private RequestSpecification asCustomerService() {
    return request()
        .auth()
        .oauth2(keycloak.serviceToken("customer-service"))
        .contentType("application/json");
  }

  private ValidatableResponse refresh() {
    return as("data-steward").post("/v1/refresh").then();
  }

  private static void problem(ValidatableResponse response, int status, String name) {
    response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:tallykeep:problem:" + name))
        .body("detail", not(equalTo("")));
  }

  @Test
  @Order(1)
  void beforeTheFirstLoadTheServiceIsNotReadyAndSaysSo() {
    given().get("/q/health/ready").then().statusCode(503);
    problem(
        as("marketer").body(CDNOW).post("/v1/backtests").then().header("Retry-After", "5"),
        503,
        "histories-loading");
    problem(as("marketer").get("/v1/models/current").then(), 503, "histories-loading");
    problem(
        asCustomerService().body("{\"top\":10,\"horizonDays\":30}").post("/v1/predictions").then(),
        503,
        "histories-loading");
  }

  @Test
  @Order(2)
  void aStreamThatBreaksOffShowsNothing() {
    customerService.breaksOff(true);
    problem(refresh(), 503, "histories-stream-broken");
    customerService.breaksOff(false);

    given().get("/q/health/ready").then().statusCode(503);
  }

  @Test
  @Order(3)
  void aRefreshLoadsEverythingWithTheServicesOwnToken() {
    refresh()
        .statusCode(200)
        .body("histories", equalTo(2357))
        .body("changed", equalTo(2357))
        .body("dataThrough", equalTo("1998-06-30"))
        .body("modelVersion", startsWith("bg-nbd-1998-06-30-"));

    assertThat(customerService.lastCaller()).isEqualTo("analytics-service");
    given().get("/q/health/ready").then().statusCode(200);
  }

  @Test
  @Order(4)
  void aRefreshWithoutAnythingNewKeepsTheModel() {
    String version = as("marketer").get("/v1/models/current").then().extract().path("modelVersion");

    refresh().statusCode(200).body("changed", equalTo(0)).body("modelVersion", equalTo(version));
  }

  @ParameterizedTest
  @Order(5)
  @ValueSource(strings = {"marketer", "campaign-manager", "data-steward", "security-officer"})
  void theBacktestGivesTheReferenceFigures(String role) {
    as(role)
        .body(CDNOW)
        .post("/v1/backtests")
        .then()
        .statusCode(200)
        .body("customers", equalTo(2357))
        .body("actual", equalTo(1882))
        .body("models", hasSize(1))
        .body("models[0].model", equalTo("bg-nbd"))
        .body("models[0].parameters.r", closeTo(0.24259453, 1e-6))
        .body("models[0].parameters.alpha", closeTo(4.41360212, 1e-5))
        .body("models[0].parameters.a", closeTo(0.79292188, 1e-6))
        .body("models[0].parameters.b", closeTo(2.42590622, 1e-5))
        .body("models[0].logLikelihood", closeTo(-9582.4292, 5e-4))
        .body("models[0].predicted", closeTo(1653.4, 0.1))
        .body("models[0].bias", closeTo(-0.1215, 1e-3))
        .body("models[0].mae", closeTo(0.7855, 1e-4))
        .body("models[0].rmse", closeTo(1.6080, 1e-4))
        .body("asOf", equalTo("1997-09-30"))
        .body("dataThrough", equalTo("1998-06-30"));
  }

  @ParameterizedTest
  @Order(6)
  @CsvSource({
    "1998-06-30, 30, nothing-to-compare-with",
    "2020-01-01, 30, nothing-to-compare-with",
    "1997-09-30, 365, horizon-beyond-data",
    "1997-09-30, 0, horizon-out-of-range",
    "1997-09-30, 100000, horizon-out-of-range"
  })
  void aBacktestThatMakesNoSenseSaysWhatDoes(String until, int days, String name) {
    problem(
        as("marketer")
            .body("{\"until\":\"" + until + "\",\"horizonDays\":" + days + "}")
            .post("/v1/backtests")
            .then(),
        422,
        name);
  }

  @ParameterizedTest
  @Order(7)
  @ValueSource(
      strings = {
        "{}",
        "{\"until\":\"1997-09-31\",\"horizonDays\":30}",
        "{\"until\":\"yesterday\",\"horizonDays\":30}",
        "{\"until\":\"1997-09-30\",\"horizonDays\":\"many\"}",
        "{\"until\":\"1997-09-30\"",
        ""
      })
  void aBacktestThatCannotBeReadIsMalformed(String body) {
    as("marketer")
        .body(body)
        .post("/v1/backtests")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  @Order(8)
  void aBacktestBeforeAnybodyBoughtIsNotEligible() {
    as("marketer")
        .body("{\"until\":\"1996-09-30\",\"horizonDays\":30}")
        .post("/v1/backtests")
        .then()
        .statusCode(200)
        .body("customers", nullValue())
        .body("actual", nullValue())
        .body("models[0].eligible", equalTo(false))
        .body("models[0].reason", containsString("Fewer than 30 customers"));
  }

  @Test
  @Order(9)
  void theCustomerServiceGetsPredictionsByPseudonymInTheOrderAsked() {
    UUID known = Cdnow.pseudonym("0001");
    UUID unknown = UUID.randomUUID();

    asCustomerService()
        .body("{\"purchasers\":[\"%s\",\"%s\"],\"horizonDays\":30}".formatted(unknown, known))
        .post("/v1/predictions")
        .then()
        .statusCode(200)
        .body("purchaser", equalTo(List.of(unknown.toString(), known.toString())))
        .body("[0].eligible", equalTo(false))
        .body("[0].reason", containsString("No purchase day"))
        .body("[1].eligible", equalTo(true))
        .body("[1].expected", greaterThan(0.0))
        .body("[1].pAlive", closeTo(0.5, 0.5))
        .body("[1].asOf", equalTo("1998-06-30"))
        .body("[1].modelVersion", startsWith("bg-nbd-"));
  }

  @Test
  @Order(9)
  void theTopOnesComeBestFirst() {
    List<Double> expected =
        asCustomerService()
            .body("{\"top\":10,\"horizonDays\":30}")
            .post("/v1/predictions")
            .then()
            .statusCode(200)
            .body("", hasSize(10))
            .body("eligible", everyItem(equalTo(true)))
            .extract()
            .path("expected");

    assertThat(expected).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @ParameterizedTest
  @Order(9)
  @ValueSource(
      strings = {
        "{\"horizonDays\":30}",
        "{\"top\":5,\"purchasers\":[],\"horizonDays\":30}",
        "{\"top\":0,\"horizonDays\":30}",
        "{\"top\":5}",
        "{\"purchasers\":[null],\"horizonDays\":30}",
        "{\"purchasers\":[\"someone\"],\"horizonDays\":30}"
      })
  void aPredictionRequestThatSaysNoOrTooManyThingsIsMalformed(String body) {
    asCustomerService()
        .body(body)
        .post("/v1/predictions")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  @Order(10)
  void theModelCardIsShownAndKept() throws Exception {
    String version =
        as("marketer")
            .get("/v1/models/current")
            .then()
            .statusCode(200)
            .body("eligible", equalTo(true))
            .body("customers", equalTo(2357))
            .body("parameters.keySet()", hasItem("alpha"))
            .extract()
            .path("modelVersion");

    List<String> kept =
        transactions.call(
            connection -> {
              try (ResultSet rows =
                  connection
                      .createStatement()
                      .executeQuery("select model_version from model_card")) {
                List<String> versions = new ArrayList<>();
                while (rows.next()) {
                  versions.add(rows.getString(1));
                }
                return versions;
              }
            });
    assertThat(kept).containsExactly(version);
  }

  @ParameterizedTest
  @Order(11)
  @CsvSource({
    "marketer, /v1/predictions",
    "data-steward, /v1/predictions",
    "security-officer, /v1/predictions",
    "marketer, /v1/refresh",
    "campaign-manager, /v1/refresh",
    "privacy-officer, /v1/backtests"
  })
  void aRoleThatMayNotIsRefused(String role, String path) {
    problem(as(role).body("{\"top\":1,\"horizonDays\":1}").post(path).then(), 403, "forbidden");
  }

  @ParameterizedTest
  @Order(11)
  @ValueSource(strings = {"/v1/predictions", "/v1/backtests", "/v1/refresh"})
  void withoutAGoodTokenNothingIsAnswered(String path) {
    problem(
        given().contentType("application/json").body("{}").post(path).then(),
        401,
        "unauthenticated");
    problem(
        given()
            .auth()
            .oauth2(keycloak.foreignAudienceToken("data-steward"))
            .contentType("application/json")
            .body("{}")
            .post(path)
            .then(),
        401,
        "unauthenticated");
    given()
        .auth()
        .oauth2(keycloak.serviceToken("ingest"))
        .contentType("application/json")
        .body("{}")
        .post(path)
        .then()
        .statusCode(401);
  }

  @Test
  @Order(11)
  void anExpiredTokenIsNoToken() {
    given()
        .auth()
        .oauth2(keycloak.expiredUserToken("marketer"))
        .get("/v1/models/current")
        .then()
        .statusCode(401);
  }

  @Test
  @Order(12)
  void aBrokenStreamLeavesTheFiguresAsTheyWere() {
    customerService.stored.put(UUID.randomUUID(), LocalDate.of(1998, 6, 30));
    customerService.breaksOff(true);
    problem(refresh(), 503, "histories-stream-broken");
    customerService.breaksOff(false);

    as("marketer").get("/v1/models/current").then().body("customers", equalTo(2357));
    refresh().statusCode(200).body("histories", equalTo(2358)).body("changed", equalTo(1));
    as("marketer").get("/v1/models/current").then().body("customers", equalTo(2358));
  }

  /** After a change on purpose: UPDATE_OPENAPI=true writes the document anew. */
  @Test
  @Order(13)
  void theApiDocumentInTheRepositoryIsTheOneServed() throws Exception {
    Path inRepository = Path.of("src/main/openapi/analytics-service.yaml");
    String served =
        given()
            .get("/q/openapi")
            .then()
            .statusCode(200)
            .extract()
            .asString()
            // Where the tests' issuer happens to be is no part of the API.
            .replaceAll("http://127\\.0\\.0\\.1:\\d+/realms", "https://issuer.example/realms");
    if ("true".equals(System.getenv("UPDATE_OPENAPI"))) {
      Files.createDirectories(inRepository.resolveSibling(""));
      Files.writeString(inRepository, served);
    }

    assertThat(served).isEqualTo(Files.readString(inRepository));
  }

  @Test
  @Order(13)
  void theApiDescribesItself() {
    given()
        .accept("application/json")
        .get("/q/openapi")
        .then()
        .statusCode(200)
        .body("paths.keySet()", hasItem("/v1/backtests"))
        .body("paths.'/v1/backtests'.post.summary", containsString("foretold"));
  }
}
