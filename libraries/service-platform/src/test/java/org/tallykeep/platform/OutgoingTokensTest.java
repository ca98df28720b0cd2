package org.tallykeep.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FakeIssuer.class)
class OutgoingTokensTest {

  @BeforeEach
  @AfterEach
  void issuerIsThere() {
    FakeIssuer.answerTokenRequestsWith(200);
  }

  @Test
  void theServiceShowsATokenForOneAudienceAloneAndAsksForItOnce() {
    String first = call("as-service").statusCode(200).extract().asString();
    String second = call("as-service").statusCode(200).extract().asString();

    assertThat(second).isEqualTo(first).startsWith("Bearer issued-");
    if (!FakeIssuer.TOKEN_REQUESTS.isEmpty()) {
      assertThat(FakeIssuer.TOKEN_REQUESTS).hasSize(2);
      Map<String, String> narrowed = List.copyOf(FakeIssuer.TOKEN_REQUESTS).getLast();
      assertThat(narrowed)
          .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
          .containsEntry("subject_token", "issued-1")
          .containsEntry("audience", "echo-service");
      assertThat(first).isEqualTo("Bearer issued-2");
    }
  }

  @Test
  void aPersonsTokenIsExchangedForTheKeyServiceOnceForEachToken() {
    String person = UUID.randomUUID().toString();

    call("as-person/" + person).statusCode(200).body(startsWith("Bearer issued-"));
    call("as-person/" + person).statusCode(200);

    assertThat(FakeIssuer.TOKEN_REQUESTS)
        .singleElement()
        .satisfies(
            request ->
                assertThat(request)
                    .containsEntry("subject_token", person)
                    .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                    .containsEntry("audience", "keyvault-service"));
  }

  @Test
  void aRefusedExchangeIs403AndIsNotRemembered() {
    String person = UUID.randomUUID().toString();
    FakeIssuer.answerTokenRequestsWith(400);
    call("as-person/" + person)
        .statusCode(403)
        .body("type", equalTo("urn:tallykeep:problem:person-token-refused"));

    FakeIssuer.answerTokenRequestsWith(200);
    call("as-person/" + person).statusCode(200);
  }

  @Test
  void anIssuerInTroubleIs503() {
    FakeIssuer.answerTokenRequestsWith(503);
    call("as-person/" + UUID.randomUUID())
        .statusCode(503)
        .header("Retry-After", "5")
        .body("type", equalTo("urn:tallykeep:problem:issuer-unavailable"));
  }

  @Test
  void aCallForAPersonWithoutTheirTokenNeverLeaves() {
    call("as-nobody").statusCode(500);
    assertThat(FakeIssuer.TOKEN_REQUESTS).isEmpty();
  }

  private static ValidatableResponse call(String path) {
    return given().auth().oauth2(FakeIssuer.validToken("marketer")).get("/v1/probe/" + path).then();
  }
}
