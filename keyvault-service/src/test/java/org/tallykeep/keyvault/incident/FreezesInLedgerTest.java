package org.tallykeep.keyvault.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.tallykeep.keyvault.fixture.KeyCalls.create;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrap;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.RunningParts;
import org.tallykeep.keyvault.fixture.WithVault;
import org.tallykeep.keyvault.platform.Database;
import org.tallykeep.keyvault.revocation.FreezeLedger;

/** Freezes, the ledger in the real Vault, and a database that is set back. */
@QuarkusTest
@TestProfile(WithVault.class)
class FreezesInLedgerTest {

  @Inject Database database;
  @Inject FreezeReplay replay;
  @Inject FreezeLedger ledger;

  @AfterEach
  void unsealAndLift() {
    RunningParts.vault().unseal();
    for (String id : openIncidents()) {
      officer().body("").post("/v1/incidents/" + id + "/close").then().statusCode(200);
    }
    await()
        .until(
            () ->
                unwrap(campaignManager(), "contact", create("subject", 1, false))
                        .extract()
                        .statusCode()
                    == 200);
  }

  @Test
  void aFreezeThatADatabaseForgotIsPutBackWithItsIncident() {
    String incident = touchADecoy();
    awaitInLedger();

    execute("DELETE FROM alert", "DELETE FROM principal_freeze", "DELETE FROM incident");
    replay.replay();

    unwrap(campaignManager(), "contact", create("subject", 1, false)).statusCode(403);
    officer()
        .get("/v1/incidents/" + incident)
        .then()
        .statusCode(200)
        .body("cause", equalTo("ledger"))
        .body("state", equalTo("open"))
        .body("principal", equalTo("person"))
        .body("purposes", equalTo(List.of("*")))
        .body("note", containsString("set back"));
    assertThat(count("SELECT count(*) FROM principal_freeze WHERE not_in_ledger")).isZero();
  }

  @Test
  void anIncidentThatIsStillThereKeepsWhatItSays() {
    String incident = touchADecoy();
    awaitInLedger();
    execute("DELETE FROM principal_freeze");
    replay.repeat();
    officer().get("/v1/incidents/" + incident).then().body("cause", equalTo("decoy"));
    unwrap(campaignManager(), "contact", create("subject", 1, false)).statusCode(403);
  }

  @Test
  void aFreezeThatWasLiftedDoesNotComeBackWithAnOldDatabase() {
    String incident = touchADecoy();
    awaitInLedger();
    execute("CREATE TABLE old_freeze AS SELECT * FROM principal_freeze");
    officer().body("").post("/v1/incidents/" + incident + "/close").then().statusCode(200);
    awaitInLedger();

    execute(
        "DELETE FROM principal_freeze",
        "INSERT INTO principal_freeze SELECT * FROM old_freeze",
        "DROP TABLE old_freeze");
    unwrap(campaignManager(), "contact", create("subject", 1, false));
    replay.replay();
    await()
        .until(
            () ->
                unwrap(campaignManager(), "contact", create("subject", 1, false))
                        .extract()
                        .statusCode()
                    == 200);
    assertThat(count("SELECT count(*) FROM principal_freeze WHERE lifted_at IS NULL")).isZero();
  }

  @Test
  void withVaultAwayAFreezeIsInForceAtOnceAndInTheLedgerAfterwards() {
    List<Map<String, Object>> decoys = create("subject", 1, true);
    List<Map<String, Object>> real = create("subject", 1, false);
    // What was lifted before this test, too.
    awaitInLedger();
    int before = ledger.said().inForce().size();
    RunningParts.vault().seal();
    unwrap(campaignManager(), "contact", decoys).statusCode(403);
    unwrap(campaignManager(), "contact", real).statusCode(403);
    assertThat(count("SELECT count(*) FROM principal_freeze WHERE not_in_ledger")).isOne();
    assertThat(ledger.said().inForce()).hasSize(before);

    RunningParts.vault().unseal();
    awaitInLedger();
    assertThat(ledger.said().inForce()).hasSize(before + 1);
  }

  @Test
  void whatTheLedgerLostIsWrittenToItOnceMore() {
    touchADecoy();
    awaitInLedger();
    execute(
        """
        INSERT INTO principal_freeze (id, incident, principal, name, purposes, since, not_in_ledger)
        SELECT gen_random_uuid(), incident, 'person', 'nobody', purposes, since, false
        FROM principal_freeze WHERE lifted_at IS NULL LIMIT 1
        """);
    int before = ledger.said().inForce().size();
    replay.replay();
    await().untilAsserted(() -> assertThat(ledger.said().inForce()).hasSize(before + 1));
  }

  private String touchADecoy() {
    unwrap(campaignManager(), "contact", create("subject", 1, true)).statusCode(403);
    return openIncidents().getFirst();
  }

  private void awaitInLedger() {
    await()
        .atMost(30, java.util.concurrent.TimeUnit.SECONDS)
        .until(() -> count("SELECT count(*) FROM principal_freeze WHERE not_in_ledger") == 0);
  }

  private static RequestSpecification campaignManager() {
    return asPerson("campaign-manager");
  }

  private static RequestSpecification officer() {
    return asPerson("security-officer");
  }

  private static List<String> openIncidents() {
    return officer()
        .get("/v1/incidents")
        .then()
        .statusCode(200)
        .extract()
        .path("incidents.findAll { it.state == 'open' }.id");
  }

  private void execute(String... statements) {
    database.transaction(
        connection -> {
          for (String sql : statements) {
            connection.createStatement().execute(sql);
          }
          return true;
        });
  }

  private long count(String sql) {
    return database.statement(
        connection -> {
          try (var found = connection.createStatement().executeQuery(sql)) {
            found.next();
            return found.getLong(1);
          }
        });
  }
}
