package org.tallykeep.keyvault.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.platform.problem.Unavailable;

@QuarkusTest
class AllAwayTest {

  @Inject KeyVault keyVault;
  @Inject MeterRegistry meters;

  @Test
  void theServiceStartsAndAsksInVainWith503() {
    assertThatThrownBy(() -> keyVault.sealing(DatasetPurpose.LEDGER))
        .isInstanceOf(Unavailable.class);
    assertThat(
            meters
                .find("tallykeep.keyvault.requests")
                .tags("operation", "lease", "purpose", "ledger", "outcome", "unavailable")
                .timer())
        .isNotNull();
  }

  @Test
  void aPersonIsAskedForInVainToo() {
    List<KeyRef> one = List.of(new KeyRef(UUID.randomUUID(), 1));
    assertThatThrownBy(() -> keyVault.unwrap(Purpose.CONTACT, one, Caller.person("token")))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void aTokenThatCannotBeCheckedIs503WithATime() {
    RestAssured.given()
        .auth()
        .oauth2("eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl")
        .get("/v1/anything")
        .then()
        .statusCode(503)
        .header("Retry-After", "5")
        .contentType("application/problem+json")
        .body("type", Matchers.equalTo("urn:tallykeep:problem:issuer-unavailable"));
  }
}
