package org.tallykeep.platform.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.platform.FakeIssuer;

@QuarkusTest
@QuarkusTestResource(FakeIssuer.class)
class ProblemDocumentsTest {

  @Test
  void aKnownProblemSaysWhatToDoAndWhen() {
    asMarketer()
        .get("/v1/probe/fails/known")
        .then()
        .statusCode(429)
        .contentType("application/problem+json")
        .header("Retry-After", "7")
        .body("type", equalTo("urn:tallykeep:problem:too-many"))
        .body("title", equalTo("Too many"))
        .body("detail", equalTo("Ask for 10 at most."))
        .body("limit", equalTo(10))
        .body("status", equalTo(429));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrapped", "known"})
  void aProblemIsFoundBehindItsWrapping(String how) {
    isProblem(asMarketer().get("/v1/probe/fails/" + how).then(), 429, "too-many");
  }

  @Test
  void theUnexpectedShowsAnIncidentNumberAndNothingOfTheInside() {
    isProblem(asMarketer().get("/v1/probe/fails/unexpected").then(), 500, "internal-error")
        .body("incident", matchesPattern("[0-9a-f-]{36}"))
        .body(not(containsString("secret-of-the-inside")))
        .body(not(containsString("Exception")));
  }

  @Test
  void sealedIs503WithRetryAfter() {
    isProblem(asMarketer().get("/v1/probe/fails/sealed").then(), 503, "sealed")
        .header("Retry-After", "3");
  }

  @Test
  void malformedJsonNamesThePlaceOnly() {
    isProblem(order("{\"name\": \"top-secret\", \"units\": }"), 400, "malformed-request")
        .body("detail", containsString("line 1"))
        .body(not(containsString("top-secret")));
  }

  @Test
  void aValueOfTheWrongTypeNamesItsFieldOnly() {
    isProblem(order("{\"name\":\"n\",\"units\":\"top-secret\"}"), 400, "malformed-request")
        .body("field", equalTo("units"))
        .body(not(containsString("top-secret")));
  }

  @Test
  void violationsAreListedByField() {
    isProblem(order("{\"units\":0}"), 400, "malformed-request")
        .body("violations.field", equalTo(java.util.List.of("name", "units")));
  }

  @Test
  void httpItselfRefusesWithProblemsToo() {
    isProblem(asMarketer().get("/v1/nowhere").then(), 404, "not-found");
    isProblem(asMarketer().delete("/v1/probe/orders").then(), 405, "method-not-allowed");
    isProblem(
        asMarketer().contentType("text/plain").body("x").post("/v1/probe/orders").then(),
        415,
        "unsupported-media-type");
    isProblem(
        asMarketer().accept("image/png").get("/v1/probe/fails/known").then(),
        406,
        "not-acceptable");
  }

  @Test
  void aQueryThatCannotBeReadIsMalformedAndAPathThatCannotLeadsNowhere() {
    String order = "/v1/probe/orders/6f1c0b3e-4a63-4c8e-9b0a-0f6b1f0d8a11";
    isProblem(asMarketer().get(order + "?limit=many").then(), 400, "malformed-request");
    isProblem(asMarketer().get("/v1/probe/orders/first?limit=1").then(), 404, "not-found");
  }

  @Test
  void aBodyAboveTheLimitIs413() throws Exception {
    // Asks before it sends, so that the answer is not lost in a connection closed meanwhile.
    HttpRequest tooLarge =
        HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/v1/x"))
            .version(HttpClient.Version.HTTP_1_1)
            .expectContinue(true)
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[5_000_000]))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Void> answer = client.send(tooLarge, HttpResponse.BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(413);
    }
  }

  @Test
  void noTokenIs401WithAChallenge() {
    isUnauthenticated(given());
  }

  @Test
  void anExpiredTokenIs401() {
    isUnauthenticated(
        bearer(FakeIssuer.token("probe-service", Instant.now().minusSeconds(60), "marketer")));
  }

  @Test
  void aTokenForAnotherAudienceIs401() {
    isUnauthenticated(
        bearer(FakeIssuer.token("other-service", Instant.now().plusSeconds(60), "marketer")));
  }

  @Test
  void garbageForATokenIs401() {
    isUnauthenticated(bearer("garbage"));
    isUnauthenticated(bearer(FakeIssuer.validToken("marketer") + "x"));
  }

  @Test
  void whatIsOutsideTheApiIsClosedToStrangers() {
    given().get("/nowhere").then().statusCode(401).header("WWW-Authenticate", startsWith("Bearer"));
  }

  @Test
  void anotherRoleIs403() {
    isProblem(
        bearer(FakeIssuer.validToken("ingest")).get("/v1/probe/fails/known").then(),
        403,
        "forbidden");
  }

  @Test
  void anEndpointThatNamesNoRoleIsClosedToAll() {
    isProblem(asMarketer().get("/v1/forgotten").then(), 403, "forbidden");
  }

  @Test
  void healthIsOpenAndMetricsPathsAreNot() {
    given().get("/q/health").then().statusCode(200);
    given().get("/q/metrics").then().statusCode(401);
  }

  @Test
  void aStatusThatJakartaRestDoesNotNameIsAnsweredAsItIs() {
    isProblem(asMarketer().get("/v1/probe/fails/senseless").then(), 422, "senseless");
  }

  @Test
  void noAnswerMayBeCachedOrGuessed() {
    asMarketer()
        .get("/v1/probe/fails/known")
        .then()
        .header("Cache-Control", "no-store")
        .header("X-Content-Type-Options", "nosniff");
  }

  private static ValidatableResponse order(String json) {
    return asMarketer().contentType("application/json").body(json).post("/v1/probe/orders").then();
  }

  private static void isUnauthenticated(RequestSpecification request) {
    isProblem(request.get("/v1/probe/fails/known").then(), 401, "unauthenticated")
        .header("WWW-Authenticate", startsWith("Bearer"));
  }

  private static ValidatableResponse isProblem(
      ValidatableResponse response, int status, String name) {
    return response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:tallykeep:problem:" + name))
        .body("status", equalTo(status));
  }

  private static RequestSpecification asMarketer() {
    return bearer(FakeIssuer.validToken("marketer"));
  }

  private static RequestSpecification bearer(String token) {
    return given().auth().oauth2(token);
  }
}
