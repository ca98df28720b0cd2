package org.tallykeep.keyvault.delivery;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.OffsetClock;
import org.tallykeep.keyvault.fixture.RunningParts;
import org.tallykeep.keyvault.fixture.VaultTokens;
import org.tallykeep.keyvault.fixture.WithVaultByServiceAccount;

/** As in Kubernetes, where the service has no credential but its account's token. */
@QuarkusTest
@TestProfile(WithVaultByServiceAccount.class)
class ServiceAccountOnVaultTest {

  @Inject OffsetClock clock;

  @Test
  void aServiceAccountLogsInAndDoesSoAgainWhenItsTokenIsRevoked() throws Exception {
    given().get("/q/health/ready").then().statusCode(200);
    String id =
        asCustomerService()
            .body(Map.of("kind", "subject", "count", 1, "purposes", List.of("link")))
            .post("/v1/keys")
            .then()
            .statusCode(201)
            .extract()
            .path("keys[0].id");
    unwrap(id).statusCode(200).body("keys[0].key", notNullValue());

    VaultTokens.revokeAll(RunningParts.vault(), "jwt");
    clock.advance(Duration.ofMinutes(16));
    unwrap(id).statusCode(200).body("keys[0].id", equalTo(id));
  }

  private static ValidatableResponse unwrap(String id) {
    return asCustomerService()
        .body(Map.of("purpose", "link", "keys", List.of(Map.of("id", id, "version", 1))))
        .post("/v1/keys/unwrap")
        .then();
  }
}
