package org.tallykeep.keyvault.delivery;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.OffsetClock;
import org.tallykeep.keyvault.fixture.RunningParts;
import org.tallykeep.keyvault.fixture.Tokens;
import org.tallykeep.keyvault.fixture.VaultCalls;
import org.tallykeep.keyvault.fixture.VaultTokens;
import org.tallykeep.keyvault.fixture.WithVault;

@QuarkusTest
@TestProfile(WithVault.class)
class ServiceOnVaultTest {

  private static final int REQUESTS = 10_000;
  private static final int CLIENTS = 16;

  @Inject OffsetClock clock;

  @AfterEach
  void unseal() {
    RunningParts.vault().unseal();
  }

  @Test
  void tenThousandRequestsTakeAtMostOneUnwrapAtTheRoot() throws Exception {
    HttpRequest request = unwrapOf(newKey());
    VaultCalls calls = VaultCalls.of(RunningParts.vault());

    try (HttpClient http = HttpClient.newHttpClient();
        var threads = Executors.newFixedThreadPool(CLIENTS)) {
      Callable<Integer> ask =
          () -> http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      assertThat(threads.invokeAll(IntStream.range(0, REQUESTS).mapToObj(i -> ask).toList()))
          .allSatisfy(status -> assertThat(status.resultNow()).isEqualTo(200));
    }

    assertThat(calls.unwraps()).isLessThanOrEqualTo(1);
  }

  @Test
  void aRefreshIsOneUnwrapForAllBranches() throws Exception {
    Map<String, Object> key = newKey();
    VaultCalls calls = VaultCalls.of(RunningParts.vault());
    clock.advance(Duration.ofMinutes(16));
    ask(key).statusCode(200);
    assertThat(calls.unwraps()).isEqualTo(1);
  }

  @Test
  void withVaultSealedWhatIsInMemoryServesThenNothingAndAfterUnsealingAllAgain() {
    Map<String, Object> key = newKey();
    RunningParts.vault().seal();

    ask(key).statusCode(200).body("keys[0].key", notNullValue());
    given().get("/q/health/ready").then().statusCode(200);

    clock.advance(Duration.ofMinutes(16));
    ask(key)
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", matchesPattern("[1-9][0-9]*"))
        .body("type", equalTo("urn:tallykeep:problem:root-key-unavailable"));
    given().get("/q/health/ready").then().statusCode(503);
    given().get("/q/health/live").then().statusCode(200);

    RunningParts.vault().unseal();
    Awaitility.await()
        .atMost(30, SECONDS)
        .untilAsserted(() -> ask(key).statusCode(200).body("keys[0].key", notNullValue()));
    given().get("/q/health/ready").then().statusCode(200);
  }

  @Test
  void aTokenThatIsRevokedIsObtainedAnew() throws Exception {
    Map<String, Object> key = newKey();
    VaultTokens.revokeAll(RunningParts.vault(), "approle");
    clock.advance(Duration.ofMinutes(16));
    ask(key).statusCode(200).body("keys[0].key", notNullValue());
  }

  private static HttpRequest unwrapOf(Map<String, Object> key) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + RestAssured.port + "/v1/keys/unwrap"))
        .header("Authorization", "Bearer " + Tokens.service("customer-service"))
        .header("Content-Type", "application/json")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "{\"purpose\":\"link\",\"keys\":[{\"id\":\"%s\",\"version\":1}]}"
                    .formatted(key.get("id"))))
        .build();
  }

  private static ValidatableResponse ask(Map<String, Object> key) {
    return asCustomerService()
        .body(Map.of("purpose", "link", "keys", List.of(key)))
        .post("/v1/keys/unwrap")
        .then();
  }

  private static Map<String, Object> newKey() {
    String id =
        asCustomerService()
            .body(Map.of("kind", "subject", "count", 1, "purposes", List.of("link")))
            .post("/v1/keys")
            .then()
            .statusCode(201)
            .extract()
            .path("keys[0].id");
    return Map.of("id", id, "version", 1);
  }
}
