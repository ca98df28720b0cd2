package org.tallykeep.keyvault.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.tallykeep.keyvault.fixture.KeyCalls.create;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrap;
import static org.tallykeep.keyvault.fixture.Tokens.as;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;
import static org.tallykeep.keyvault.fixture.Tokens.keycloak;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.RunningParts;
import org.tallykeep.keyvault.fixture.WithSessions;
import org.tallykeep.local.parts.TestKeycloak.Session;

/** Whoever is frozen is logged out at the real issuer. */
@QuarkusTest
@TestProfile(WithSessions.class)
class SessionsApiTest {

  private static final String THIEF = "campaign-manager";

  @Inject MeterRegistry meters;
  private final List<String> incidents = new ArrayList<>();
  private List<Map<String, Object>> keys = List.of();

  @BeforeEach
  void makeKeys() {
    keys = create("subject", 1, false);
  }

  @AfterEach
  void closeIncidents() {
    RunningParts.proxy().pass();
    for (String id : incidents) {
      asPerson("security-officer").body("").post("/v1/incidents/" + id + "/close");
    }
  }

  @Test
  void whoeverIsFrozenIsLoggedOutAndNobodyElseIs() {
    Session stolen = keycloak().logIn(THIEF);
    Session somebodyElses = keycloak().logIn("data-steward");
    double before = ended();

    String incident = freeze(keycloak().subject(THIEF), "*");

    await().until(() -> !keycloak().goesOn(stolen));
    assertThat(keycloak().goesOn(somebodyElses)).isTrue();
    await().until(() -> ended() > before);
    asPerson("security-officer")
        .get("/v1/audit?action=end-sessions")
        .then()
        .statusCode(200)
        .body("entries.findAll { it.caseId == '%s' }.size()".formatted(incident), equalTo(1))
        .body("entries.find { it.caseId == '%s' }.person".formatted(incident), equalTo(null));
  }

  @Test
  void loggedInAnewTheyHaveASessionAndNoKeys() {
    Session stolen = keycloak().logIn(THIEF);
    freeze(keycloak().subject(THIEF), "contact");
    await().until(() -> !keycloak().goesOn(stolen));

    assertThat(keycloak().goesOn(keycloak().logIn(THIEF))).isTrue();
    String anew =
        keycloak()
            .exchangedToken("customer-service", keycloak().userToken(THIEF), "keyvault-service");
    unwrap(as(anew), "contact", keys).statusCode(403);
  }

  @Test
  void withTheIssuerAwayTheFreezeHoldsAtOnceAndTheSessionEndsWhenItIsBack() {
    Session stolen = keycloak().logIn(THIEF);
    String token =
        keycloak()
            .exchangedToken("customer-service", keycloak().userToken(THIEF), "keyvault-service");
    RunningParts.proxy().refuse();
    double before = notYet();

    freeze(keycloak().subject(THIEF), "*");

    unwrap(as(token), "contact", keys)
        .statusCode(403)
        .body("type", equalTo("urn:tallykeep:problem:frozen"));
    await().until(() -> notYet() > before);
    assertThat(keycloak().goesOn(stolen)).isTrue();

    RunningParts.proxy().pass();
    await().until(() -> !keycloak().goesOn(stolen));
  }

  @Test
  void whoIsOnlyLookedAtOrIsNoPersonOfTheIssuersStopsNothing() {
    Session session = keycloak().logIn(THIEF);
    freeze(keycloak().subject(THIEF));
    freeze("nobody of that name", "*");
    freeze(keycloak().subject("data-steward"), "*");

    await().until(() -> counted("nobody") > 0 && ended() > 0);
    assertThat(keycloak().goesOn(session)).isTrue();
  }

  private String freeze(String person, String... purposes) {
    String id =
        asPerson("security-officer")
            .body(
                Map.of(
                    "principal",
                    "person",
                    "name",
                    person,
                    "purposes",
                    List.of(purposes),
                    "note",
                    "a test"))
            .post("/v1/incidents")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    incidents.add(id);
    return id;
  }

  private double ended() {
    return counted("ended");
  }

  private double notYet() {
    return counted("not-yet");
  }

  private double counted(String outcome) {
    var counter = meters.find("tallykeep.sessions.ends").tag("outcome", outcome).counter();
    return counter == null ? 0 : counter.count();
  }
}
