package org.tallykeep.keyvault.delivery;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.tallykeep.keyvault.fixture.KeyCalls.create;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrap;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.OffsetClock;
import org.tallykeep.keyvault.fixture.RunningParts;
import org.tallykeep.keyvault.fixture.Tokens;
import org.tallykeep.keyvault.fixture.WithVault;

/** A Vault that takes connections and does not answer, seen from outside the whole service. */
@QuarkusTest
@TestProfile(WithVault.class)
class VaultHangsTest {

  /** More than the service has threads for requests. */
  private static final int CROWD = 300;

  /** Who is not told by then hangs, too. */
  private static final int BOUND = 60;

  @Inject OffsetClock clock;

  @AfterEach
  void letItPass() {
    RunningParts.proxy().pass();
    await().atMost(BOUND, SECONDS).until(() -> destroy(keys(1)).extract().statusCode() == 200);
  }

  @Test
  void aCrowdThatNeedsVaultTakesNoThreadFromWhoDoesNot() {
    List<Map<String, Object>> key = keys(1);
    List<Map<String, Object>> doomed = keys(CROWD);
    RunningParts.proxy().hang();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      List<CompletableFuture<HttpResponse<Void>>> crowd = new ArrayList<>();
      for (Map<String, Object> each : doomed) {
        crowd.add(http.sendAsync(destroyRequest(each), HttpResponse.BodyHandlers.discarding()));
        crowd.add(http.sendAsync(signingKeys(), HttpResponse.BodyHandlers.discarding()));
      }

      for (int i = 0; i < 20; i++) {
        unwrap(asCustomerService(), "link", key)
            .statusCode(200)
            .body("keys[0].key", notNullValue());
      }
      given().get("/q/health/ready").then().statusCode(200);

      CompletableFuture.allOf(crowd.toArray(CompletableFuture[]::new))
          .orTimeout(BOUND, SECONDS)
          .join();
      assertThat(crowd)
          .filteredOn(answer -> answer.join().request().method().equals("POST"))
          .allSatisfy(
              answer -> {
                assertThat(answer.join().statusCode()).isEqualTo(503);
                assertThat(answer.join().headers().firstValue("Retry-After")).isPresent();
              });
    }
    RunningParts.proxy().pass();
    await().atMost(BOUND, SECONDS).until(() -> destroy(doomed).extract().statusCode() == 200);
  }

  @Test
  void keysServeForTheirAgeThenNobodyIsReadyAndAllRecoversByItself() {
    List<Map<String, Object>> key = keys(1);
    RunningParts.proxy().hang();
    clock.advance(Duration.ofMinutes(10));
    unwrap(asCustomerService(), "link", key).statusCode(200);
    given().get("/q/health/ready").then().statusCode(200);

    clock.advance(Duration.ofMinutes(6));
    unwrap(asCustomerService(), "link", key)
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", matchesPattern("[1-9][0-9]*"))
        .body("type", equalTo("urn:tallykeep:problem:root-key-unavailable"));
    given().get("/q/health/ready").then().statusCode(503);
    given().get("/q/health/live").then().statusCode(200);

    RunningParts.proxy().pass();
    await()
        .atMost(BOUND, SECONDS)
        .until(() -> unwrap(asCustomerService(), "link", key).extract().statusCode() == 200);
    given().get("/q/health/ready").then().statusCode(200);
  }

  @Test
  void whatIsNotDestroyedForNowIsToldSoAndIsDestroyedWhenAskedAgain() {
    List<Map<String, Object>> key = keys(1);
    RunningParts.proxy().hang();
    destroy(key).statusCode(503).header("Retry-After", matchesPattern("[1-9][0-9]*"));

    RunningParts.proxy().pass();
    await().atMost(BOUND, SECONDS).until(() -> destroy(key).extract().statusCode() == 200);
    unwrap(asCustomerService(), "link", key).statusCode(200).body("keys[0].key", equalTo(null));
  }

  @Test
  void aRotationOfTheRootIsTakenAndGoesOnWhenVaultDoes() {
    RunningParts.proxy().hang();
    String id =
        asPerson("security-officer")
            .body(Map.of("kind", "root"))
            .post("/v1/rotations")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    List<Map<String, Object>> key = keys(1);
    unwrap(asCustomerService(), "link", key).statusCode(200);

    RunningParts.proxy().pass();
    await()
        .atMost(BOUND, SECONDS)
        .until(
            () ->
                "done"
                    .equals(
                        asPerson("security-officer")
                            .get("/v1/rotations/" + id)
                            .then()
                            .extract()
                            .path("state")));
  }

  private static List<Map<String, Object>> keys(int count) {
    return create("subject", count, false);
  }

  private static ValidatableResponse destroy(List<Map<String, Object>> keys) {
    return asCustomerService()
        .body(
            Map.of(
                "kind",
                "subject",
                "mode",
                "sever",
                "ids",
                keys.stream().map(key -> key.get("id")).toList()))
        .post("/v1/keys/destroy")
        .then();
  }

  private static HttpRequest destroyRequest(Map<String, Object> key) {
    return HttpRequest.newBuilder(at("/v1/keys/destroy"))
        .header("Authorization", "Bearer " + Tokens.service("customer-service"))
        .header("Content-Type", "application/json")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "{\"kind\":\"subject\",\"mode\":\"sever\",\"ids\":[\"%s\"]}"
                    .formatted(key.get("id"))))
        .build();
  }

  private static HttpRequest signingKeys() {
    return HttpRequest.newBuilder(at("/v1/signing-keys")).build();
  }

  private static URI at(String path) {
    return URI.create("http://127.0.0.1:" + RestAssured.port + path);
  }
}
