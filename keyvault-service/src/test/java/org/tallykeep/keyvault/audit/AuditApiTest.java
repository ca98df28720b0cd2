package org.tallykeep.keyvault.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.tallykeep.keyvault.fixture.KeyCalls.create;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrap;
import static org.tallykeep.keyvault.fixture.Tokens.asAnalyticsService;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.evidence.AuditFile;
import org.tallykeep.evidence.AuditInspection;
import org.tallykeep.evidence.SigningKeys;
import org.tallykeep.keyvault.fixture.WithLocalRoot;
import org.tallykeep.keyvault.platform.Database;

/** The audit over HTTP: asked, exported, verified, and tampered with in the database. */
@QuarkusTest
@TestProfile(WithLocalRoot.class)
class AuditApiTest {

  @Inject Database database;
  private List<Map<String, Object>> keys = List.of();
  private String lane = "";
  private long newest;

  @BeforeEach
  void writeSomethingAndWitnessIt() {
    keys = create("subject", 3, false);
    for (int i = 0; i < 12; i++) {
      unwrap(asCustomerService(), "link", keys).statusCode(200);
    }
    officer().post("/v1/audit/checkpoints").then().statusCode(200);
    Map<String, Object> last = found("client=customer-service&limit=1").getFirst();
    lane = String.valueOf(last.get("lane"));
    newest = Long.parseLong(String.valueOf(last.get("sequence")));
    execute("CREATE TABLE saved_entry AS SELECT * FROM audit_entry");
    execute("CREATE TABLE saved_checkpoint AS SELECT * FROM audit_checkpoint");
  }

  @AfterEach
  void putBack() {
    execute(
        """
        DELETE FROM audit_entry WHERE (lane, sequence) IN (SELECT lane, sequence FROM saved_entry)
        """);
    execute("INSERT INTO audit_entry SELECT * FROM saved_entry");
    execute("DELETE FROM audit_checkpoint WHERE number IN (SELECT number FROM saved_checkpoint)");
    execute("INSERT INTO audit_checkpoint SELECT * FROM saved_checkpoint");
    execute("DROP TABLE saved_entry");
    execute("DROP TABLE saved_checkpoint");
    verify().body("genuine", equalTo(true)).body("faults", empty());
  }

  @Test
  void whoIsTurnedAwayTakesLittleRoomHoweverMuchTheyAskFor() {
    unwrap(asPerson("marketer"), "contact", create("subject", 40, false)).statusCode(403);
    Map<String, Object> entry = found("outcome=refused&purpose=contact&limit=1").getFirst();
    assertThat(entry.get("records")).isEqualTo(40);
    assertThat((List<?>) entry.get("keys")).hasSize(16);
  }

  @Test
  void entriesAreFoundByWhoWhatAndWhich() {
    unwrap(asPerson("campaign-manager"), "contact", keys).statusCode(200);
    String id = String.valueOf(keys.getFirst().get("id"));
    officer()
        .get("/v1/audit?key=" + id + "&purpose=contact&action=unwrap&outcome=granted")
        .then()
        .statusCode(200)
        .body("entries", hasSize(1))
        .body("entries[0].client", equalTo("customer-service"))
        .body("entries[0].records", equalTo(3))
        .body("entries[0].keys.id", hasItem(id))
        .body("entries[0].keys.released", everyItem(equalTo(true)))
        .body("unreadable", equalTo(0))
        .body("more", equalTo(false));
    String person =
        officer()
            .get("/v1/audit?action=unwrap&purpose=contact&key=" + id)
            .then()
            .extract()
            .path("entries[0].person");
    officer().get("/v1/audit?person=" + person + "&key=" + id).then().body("entries", hasSize(1));
    officer().get("/v1/audit?person=nobody").then().body("entries", empty());
    officer().get("/v1/audit?until=2020-01-01T00:00:00Z").then().body("entries", empty());
  }

  @Test
  void theNewestAreAnsweredInTheOrderOfTime() {
    officer()
        .get("/v1/audit?client=customer-service&limit=5")
        .then()
        .statusCode(200)
        .body("entries", hasSize(5))
        .body("more", equalTo(true));
    List<String> moments =
        officer().get("/v1/audit?limit=10000").then().extract().path("entries.at");
    assertThat(moments).isSorted();
  }

  @Test
  void aFilterThatMakesNoSenseIsNamed() {
    officer().get("/v1/audit?from=yesterday").then().statusCode(422);
    officer().get("/v1/audit?outcome=perhaps").then().statusCode(422);
    officer().get("/v1/audit?limit=0").then().statusCode(400);
  }

  @Test
  void aSpreadsheetGetsLines() {
    String csv =
        officer()
            .get("/v1/audit/csv?client=customer-service&limit=5")
            .then()
            .statusCode(200)
            .contentType("text/csv")
            .extract()
            .asString();
    assertThat(csv.lines()).hasSize(6).first().asString().startsWith("at,lane,sequence,action");
    assertThat(csv.lines().skip(1)).allMatch(line -> line.split(",", -1).length == 13);
  }

  @Test
  void nobodyButOfficersReadsIt() {
    for (RequestSpecification caller :
        List.of(
            asCustomerService(),
            asAnalyticsService(),
            asPerson("marketer"),
            asPerson("privacy-officer"))) {
      caller.get("/v1/audit").then().statusCode(403);
      caller.get("/v1/audit/csv").then().statusCode(403);
      caller.get("/v1/audit/export").then().statusCode(403);
      caller.post("/v1/audit/verify").then().statusCode(403);
      caller.post("/v1/audit/checkpoints").then().statusCode(403);
    }
    RestAssured.get("/v1/audit").then().statusCode(401);
  }

  @Test
  void anExportedTrailIsCheckedWithThePublicKeysAlone() throws IOException {
    byte[] file = officer().get("/v1/audit/export").then().statusCode(200).extract().asByteArray();
    SigningKeys published =
        SigningKeys.parse(RestAssured.get("/v1/signing-keys").then().extract().asString());
    AuditInspection inspection = new AuditInspection(published);
    assertThat(AuditFile.read(new ByteArrayInputStream(file), inspection)).isEmpty();
    AuditInspection.Report report = inspection.end();
    assertThat(report.faults()).isEmpty();
    assertThat(report.entries()).isGreaterThan(12);
    assertThat(report.checkpoints()).isPositive();
  }

  @Test
  void aChangedEntryIsFoundWithItsPlace() {
    execute(
        """
        UPDATE audit_entry SET body = set_byte(body, 100, 1 + get_byte(body, 100) %% 255)
        WHERE lane = '%s' AND sequence = %d"""
            .formatted(lane, newest - 3));
    assertFound("changed", newest - 3);
    officer().get("/v1/audit").then().body("unreadable", equalTo(1));
  }

  @Test
  void aRemovedEntryIsFoundWithItsPlace() {
    execute(at("DELETE FROM audit_entry", newest - 3));
    assertFound("removed", newest - 2);
  }

  @Test
  void exchangedEntriesAreFoundWithTheirPlaces() {
    execute(at("UPDATE audit_entry SET sequence = 1000000", newest - 3));
    execute(at("UPDATE audit_entry SET sequence = %d".formatted(newest - 3), newest - 2));
    execute(at("UPDATE audit_entry SET sequence = %d".formatted(newest - 2), 1_000_000));
    assertFound("changed", newest - 3);
    assertFound("changed", newest - 2);
  }

  @Test
  void aTruncatedLaneIsFoundWithItsPlace() {
    long removed = newest - 5;
    execute(
        "DELETE FROM audit_entry WHERE lane = '%s' AND sequence BETWEEN %d AND %d"
            .formatted(lane, removed, newest));
    verify().body("genuine", equalTo(false)).body("faults.lane", everyItem(equalTo(lane)));
  }

  @Test
  void aLaneThatIsRemovedWholeIsFound() {
    execute("DELETE FROM audit_entry WHERE lane = '%s'".formatted(lane));
    verify().body("genuine", equalTo(false)).body("faults.lane", hasItem(lane));
  }

  @Test
  void anOldCheckpointPlayedAgainIsFoundWithItsPlace() {
    unwrap(asCustomerService(), "link", keys).statusCode(200);
    int number = officer().post("/v1/audit/checkpoints").then().extract().path("number");
    execute(
        """
        UPDATE audit_checkpoint SET signed = (SELECT signed FROM audit_checkpoint WHERE number = 1)
        WHERE number = %d"""
            .formatted(number));
    verify()
        .body("genuine", equalTo(false))
        .body("faults.what", hasItem("checkpoint-not-genuine"))
        .body("faults.sequence", hasItem(number));
    execute("DELETE FROM audit_checkpoint WHERE number = %d".formatted(number));
  }

  @Test
  void checkpointsThatAreGoneFromTheDatabaseAreReadOutside() {
    execute("DELETE FROM audit_checkpoint");
    verify().body("genuine", equalTo(true)).body("checkpoints", greaterThanOrEqualTo(1));
  }

  private void assertFound(String what, long sequence) {
    List<Map<String, Object>> faults = verify().extract().path("faults");
    assertThat(faults)
        .anySatisfy(
            fault -> {
              assertThat(fault).containsEntry("what", what).containsEntry("lane", lane);
              assertThat(String.valueOf(fault.get("sequence"))).isEqualTo(Long.toString(sequence));
            });
  }

  private static io.restassured.response.ValidatableResponse verify() {
    return officer().post("/v1/audit/verify").then().statusCode(200);
  }

  private static List<Map<String, Object>> found(String query) {
    return officer().get("/v1/audit?" + query).then().statusCode(200).extract().path("entries");
  }

  private String at(String statement, long sequence) {
    return statement + " WHERE lane = '%s' AND sequence = %d".formatted(lane, sequence);
  }

  private static RequestSpecification officer() {
    return asPerson("security-officer");
  }

  private void execute(String sql) {
    database.statement(connection -> connection.createStatement().execute(sql));
  }
}
