package org.tallykeep.keyvault.grant;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.tallykeep.keyvault.fixture.KeyCalls.create;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrap;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrapOn;
import static org.tallykeep.keyvault.fixture.Tokens.asAnalyticsService;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.WithLocalRoot;

/** Jobs' grants over HTTP. */
@QuarkusTest
@TestProfile(WithLocalRoot.class)
class JobGrantApiTest {

  private List<Map<String, Object>> persons = List.of();
  private List<Map<String, Object>> pseudonyms = List.of();

  @BeforeEach
  void makeKeys() {
    persons = create("subject", 6, false);
    pseudonyms = create("pseudonym", 6, false);
  }

  @Test
  void aJobOpensWhatItsGrantCoversAndNotOneRecordMore() {
    String grant = submit("campaign-manager", 10, "refuse", "reidentify", "contact");
    unwrapOn(grant, asCustomerService(), "reidentify", pseudonyms)
        .statusCode(200)
        .body("keys[0].key", notNullValue());
    unwrapOn(grant, asCustomerService(), "contact", persons).statusCode(200);
    unwrapOn(grant, asCustomerService(), "contact", persons)
        .statusCode(403)
        .body("type", equalTo("urn:tallykeep:problem:grant-not-in-force"));
    unwrapOn(grant, asCustomerService(), "contact", persons.subList(0, 4)).statusCode(200);
    unwrapOn(grant, asCustomerService(), "contact", persons.subList(0, 1)).statusCode(403);
  }

  @Test
  void aGrantIsForItsServiceAndItsPurposesAlone() {
    String grant = submit("campaign-manager", 10, "refuse", "contact");
    unwrapOn(grant, asCustomerService(), "reidentify", pseudonyms).statusCode(403);
    unwrapOn(grant, asCustomerService(), "identity", persons).statusCode(403);
    unwrapOn(grant, asAnalyticsService(), "contact", persons).statusCode(403);
    unwrapOn(grant, asPerson("campaign-manager"), "contact", persons).statusCode(403);
    unwrapOn(UUID.randomUUID().toString(), asCustomerService(), "contact", persons).statusCode(403);
  }

  @Test
  void aCancelledGrantEndsAtOnce() {
    String grant = submit("campaign-manager", 10, "refuse", "contact");
    asPerson("data-steward").delete("/v1/grants/" + grant).then().statusCode(403);
    asPerson("campaign-manager")
        .delete("/v1/grants/" + grant)
        .then()
        .statusCode(200)
        .body("state", equalTo("cancelled"));
    unwrapOn(grant, asCustomerService(), "contact", persons).statusCode(403);
  }

  @Test
  void aFreezeCancelsThePersonsGrants() {
    String grant = submit("data-steward", 10, "refuse", "contact");
    unwrap(asPerson("data-steward"), "contact", create("subject", 1, true)).statusCode(403);
    unwrapOn(grant, asCustomerService(), "contact", persons).statusCode(403);
    String incident =
        asPerson("security-officer").get("/v1/incidents").then().extract().path("incidents[0].id");
    asPerson("security-officer").body("").post("/v1/incidents/" + incident + "/close");
    unwrapOn(grant, asCustomerService(), "contact", persons).statusCode(403);
    unwrap(asPerson("data-steward"), "contact", persons).statusCode(200);
  }

  @Test
  void decoysAreSkippedIfTheGrantSaysSoAndNobodySubmitsAJobThatIncludesThem() {
    List<Map<String, Object>> batch = new ArrayList<>(create("subject", 1, true));
    batch.add(persons.getFirst());
    unwrapOn(submit("data-steward", 10, "skip", "contact"), asCustomerService(), "contact", batch)
        .statusCode(200)
        .body("keys[0].key", nullValue())
        .body("keys[1].key", notNullValue());
    request("data-steward", 10, tomorrow(), "include", "contact").statusCode(422);
  }

  @Test
  void aLargeJobWaitsForASecondOfficer() {
    String grant = submit("campaign-manager", 20_000, "refuse", "contact");
    asCustomerService().get("/v1/grants/" + grant).then().body("state", equalTo("pending"));
    unwrapOn(grant, asCustomerService(), "contact", persons).statusCode(403);
    asPerson("campaign-manager")
        .body("")
        .post("/v1/grants/" + grant + "/approval")
        .then()
        .statusCode(403);
    asPerson("security-officer")
        .body("")
        .post("/v1/grants/" + grant + "/approval")
        .then()
        .statusCode(200)
        .body("state", equalTo("active"));
    unwrapOn(grant, asCustomerService(), "contact", persons).statusCode(200);
  }

  @Test
  void moreThanTheBudgetLeavesIsRefusedWhenItIsSubmitted() {
    request("data-steward", 2_000_000, tomorrow(), "refuse", "identity")
        .statusCode(429)
        .header("Retry-After", notNullValue())
        .body("type", equalTo("urn:tallykeep:problem:over-budget"));
  }

  @Test
  void aRoleSubmitsWhatItsWorkNeedsAndNoMore() {
    request("marketer", 10, tomorrow(), "refuse", "contact").statusCode(403);
    request("campaign-manager", 10, tomorrow(), "refuse", "identity").statusCode(403);
    request("data-steward", 10, tomorrow(), "refuse", "reidentify").statusCode(403);
    request("privacy-officer", 10, tomorrow(), "refuse", "identity", "reidentify").statusCode(201);
    request("privacy-officer", 101, tomorrow(), "refuse", "identity").statusCode(422);
    asCustomerService()
        .body(body(10, tomorrow(), "refuse", "contact"))
        .post("/v1/grants")
        .then()
        .statusCode(403);
  }

  @Test
  void aGrantLivesADayAtMost() {
    for (Instant end :
        List.of(Instant.now().minusSeconds(1), Instant.now().plus(Duration.ofHours(25)))) {
      request("campaign-manager", 10, end, "refuse", "contact").statusCode(422);
    }
  }

  private static String submit(String role, long records, String decoys, String... purposes) {
    return request(role, records, tomorrow(), decoys, purposes)
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static ValidatableResponse request(
      String role, long records, Instant notAfter, String decoys, String... purposes) {
    return asPerson(role).body(body(records, notAfter, decoys, purposes)).post("/v1/grants").then();
  }

  private static Map<String, Object> body(
      long records, Instant notAfter, String decoys, String... purposes) {
    return Map.of(
        "job",
        "a job",
        "purposes",
        List.of(purposes),
        "maxRecords",
        records,
        "notAfter",
        notAfter.toString(),
        "decoys",
        decoys);
  }

  private static Instant tomorrow() {
    return Instant.now().plus(Duration.ofHours(23));
  }
}
