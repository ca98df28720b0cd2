package org.tallykeep.keyvault.delivery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.hamcrest.Matchers.notNullValue;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.KeyCalls;
import org.tallykeep.keyvault.fixture.OffsetClock;
import org.tallykeep.keyvault.fixture.RunningParts;
import org.tallykeep.keyvault.fixture.WithVaultOverTls;

/** Certificates are renewed, and authorities end, while the service runs. */
@QuarkusTest
@TestProfile(WithVaultOverTls.class)
class VaultCertificatesTest {

  private static final Duration LONGER_THAN_KEYS_ARE_HELD = Duration.ofMinutes(16);

  @Inject OffsetClock clock;

  @Test
  void aRenewedCertificateOfTheSameAuthorityIsTaken() throws IOException {
    Map<String, Object> key = newKey();
    RunningParts.front().renewCertificate();
    clock.advance(LONGER_THAN_KEYS_ARE_HELD);
    untilOpened(key);
  }

  @Test
  void anotherAuthorityIsTrustedOnceItsCertificateIsThereAndNotBefore() throws IOException {
    Map<String, Object> key = newKey();
    RunningParts.front().replaceAuthority();
    askTheRootFor(key).statusCode(503);
    RunningParts.front().publishHalf();
    askTheRootFor(key).statusCode(503);

    RunningParts.front().publish();
    untilOpened(key);
  }

  /** A call that meets a connection of before the change is refused once, and comes again. */
  private static void untilOpened(Map<String, Object> key) {
    Awaitility.await()
        .atMost(30, SECONDS)
        .untilAsserted(() -> ask(key).statusCode(200).body("keys[0].key", notNullValue()));
  }

  /** With what is in memory too old. */
  private ValidatableResponse askTheRootFor(Map<String, Object> key) {
    clock.advance(LONGER_THAN_KEYS_ARE_HELD);
    return ask(key);
  }

  private static ValidatableResponse ask(Map<String, Object> key) {
    return KeyCalls.unwrap(asCustomerService(), "link", List.of(key));
  }

  private static Map<String, Object> newKey() {
    return KeyCalls.create("subject", 1, false).getFirst();
  }
}
