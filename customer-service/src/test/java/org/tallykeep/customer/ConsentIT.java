package org.tallykeep.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.aggregates.Dataset;
import org.tallykeep.aggregates.PurchaseHistory;
import org.tallykeep.aggregates.Traits;
import org.tallykeep.customer.platform.DatasetRecords;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.Links;
import org.tallykeep.local.parts.TestParts;

/** Consents over HTTP, by each role, on the real parts. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class ConsentIT {

  private static final String AT = "2026-04-01T08:00:00Z";
  private static final String GOOD =
      "{\"decision\":\"granted\",\"source\":\"till\",\"at\":\"2026-04-01T08:00Z\",\"wording\":\"1\"}";
  private static final String LATER = "2026-04-02T10:00:00+02:00";

  @Inject Transactions transactions;
  @Inject DatasetRecords records;
  @Inject Links links;

  @Test
  void whatWasSaidLastCountsAndTheHistoryHasAllOfIt() {
    String id = create("");
    consents(id).header("ETag", equalTo("\"0\"")).body("consents", empty());

    put(as("privacy-officer"), id, "email-marketing", said("withdrawn", LATER))
        .statusCode(200)
        .header("ETag", equalTo("\"1\""))
        .body("consents.decision", contains("withdrawn"));
    put(ingest(), id, "email-marketing", said("granted", AT))
        .statusCode(200)
        .header("ETag", equalTo("\"2\""))
        .body("consents.decision", contains("withdrawn"));
    put(ingest(), id, "email-marketing", said("granted", AT)).header("ETag", equalTo("\"2\""));

    consents(id)
        .header("ETag", equalTo("\"2\""))
        .body("consents", hasSize(1))
        .body("consents[0].purpose", equalTo("email-marketing"))
        .body("consents[0].source", equalTo("web-shop"))
        .body("consents[0].at", equalTo("2026-04-02T08:00:00Z"))
        .body("consents[0].wording", equalTo("2026-01"));
    history("privacy-officer", id)
        .statusCode(200)
        .body("consents.decision", contains("withdrawn", "granted"))
        .body("consents[0].recorder.kind", equalTo("person"))
        .body("consents[1].recorder", equalTo(Map.of("kind", "import", "name", "ingest")))
        .body("consents[1].received", notNullValue());
    as("marketer").header("If-None-Match", "\"2\"").get(path(id)).then().statusCode(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "marketer",
        "campaign-manager",
        "data-steward",
        "privacy-officer",
        "security-officer"
      })
  void eachRoleMayDoWhatIsTheirs(String role) {
    String id = create("");
    boolean mayWrite = role.equals("data-steward") || role.equals("privacy-officer");

    put(as(role), id, "profiling", said("refused", AT)).statusCode(mayWrite ? 200 : 403);
    as(role).get(path(id)).then().statusCode(200).body("consents", hasSize(mayWrite ? 1 : 0));
    history(role, id).statusCode(mayWrite ? 200 : 403);
  }

  @Test
  void aMachineWritesConsentsAndReadsNone() {
    String id = create("");

    put(ingest(), id, "profiling", said("refused", AT)).statusCode(200);
    ingest().get(path(id)).then().statusCode(403);
    ingest().get(path(id) + "/history").then().statusCode(403);
    given().get(path(id)).then().statusCode(401);
    given().get(path(id) + "/history").then().statusCode(401);
    put(given(), id, "profiling", said("granted", LATER)).statusCode(401);
    consents(id).body("consents.decision", contains("refused"));
  }

  @Test
  void whoIsNotThereHasNoConsents() {
    String nobody = UUID.randomUUID().toString();

    as("marketer").get(path(nobody)).then().statusCode(404);
    history("privacy-officer", nobody)
        .statusCode(404)
        .body("type", equalTo("urn:tallykeep:problem:customer-not-found"));
    put(as("privacy-officer"), nobody, "profiling", said("granted", AT)).statusCode(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Profiling | till    | till    | 422 | invalid-purpose  | purpose",
        "profiling | granted | maybe   | 422 | unknown-decision | decision",
        "profiling | 08:00Z  | 25:00Z  | 422 | invalid-instant  | at",
        "profiling | till    | 4111 1111 1111 1111 | 422 | card-number | source",
        "profiling | wording | wordnig | 400 | unknown-field    | wordnig",
        "profiling | \"till\" | 7     | 400 | wrong-type       | source"
      })
  void whatIsAtFaultIsNamed(
      String purpose, String good, String bad, int status, String code, String field) {
    String id = create("");
    put(as("privacy-officer"), id, purpose, GOOD.replace(good, bad))
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code))
        .body("field", equalTo(field));
  }

  @Test
  void nothingIsSaidInTheFuture() {
    String id = create("");
    String tomorrow = Instant.now().plusSeconds(86_400).toString();

    put(as("privacy-officer"), id, "profiling", said("granted", tomorrow))
        .statusCode(422)
        .body("code", equalTo("instant-out-of-range"));
  }

  @Test
  void ofMoreThanAreKeptTheFirstIsRefused() {
    String id = create("");
    for (int i = 0; i < 10; i++) {
      imported("cons-many", consentsAt(i, 20));
    }
    String many = search("cons-many");
    history("data-steward", many).body("consents", hasSize(200));

    put(as("data-steward"), many, "profiling", said("granted", "2026-03-01T00:00:00Z"))
        .statusCode(422)
        .body("type", equalTo("urn:tallykeep:problem:consent-refused"))
        .body("code", equalTo("too-many-consents"));
    assertThat(imported("cons-many", consentsAt(10, 1)))
        .contains("\"code\":\"too-many-consents\",\"field\":\"consents\"");
    consents(id).body("consents", empty());
  }

  @Test
  void writersAtTheSameTimeLoseNothing() {
    String id = create("");
    String token = TestParts.get().keycloak().userToken("privacy-officer");
    List<CompletableFuture<Integer>> all =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            put(
                                    given().auth().oauth2(token),
                                    id,
                                    "purpose-" + i,
                                    said("granted", AT))
                                .extract()
                                .statusCode()))
            .toList();

    assertThat(all.stream().map(CompletableFuture::join)).containsOnly(200);
    consents(id).body("consents", hasSize(6)).header("ETag", equalTo("\"6\""));
  }

  @Test
  void profilesBringThemAlongAsNdjsonAsCsvAndOneByOne() {
    String one =
        create(
            ",\"consents\":[{\"purpose\":\"profiling\",\"decision\":\"refused\","
                + "\"source\":\"till\",\"at\":\"%s\",\"wording\":\"3\"}]".formatted(AT));
    consents(one).body("consents.decision", contains("refused"));

    String csv =
        """
        externalId,givenName,consents.profiling,consents.loyalty-club,consents.source,consents.at,consents.wording
        cons-csv,Ada,withdrawn,granted,till,%s,3
        """
            .formatted(AT);
    String answers =
        ingest()
            .contentType("text/csv")
            .body(csv.getBytes(StandardCharsets.UTF_8))
            .post("/v1/customers/imports")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(answers).contains("\"created\"");
    consents(search("cons-csv"))
        .body("consents.purpose", contains("loyalty-club", "profiling"))
        .body("consents.decision", contains("granted", "withdrawn"));

    String again = consentsAt(0, 2);
    assertThat(imported("cons-again", again)).contains("\"created\"");
    assertThat(imported("cons-again", again)).contains("\"duplicate\"");
    assertThat(imported("cons-again", consentsAt(1, 1))).contains("\"accepted\"");
    history("data-steward", search("cons-again"))
        .body("consents", hasSize(3))
        .body("consents[0].recorder.kind", equalTo("import"));
  }

  @Test
  void aChangeOfAProfileHoldsNone() {
    String id = create("");

    as("data-steward")
        .header("If-Match", "*")
        .contentType("application/json")
        .body("{\"name\":{\"given\":\"Ada\"},\"consents\":[%s]}".formatted(consentsAt(0, 1)))
        .put("/v1/customers/" + id)
        .then()
        .statusCode(422)
        .body("code", equalTo("not-in-a-change"))
        .body("field", equalTo("consents"));
    consents(id).body("consents", empty());
  }

  @Test
  void ofWhoRefusedNothingIsPredictedFromThatMomentOn() {
    String refusing = create("");
    String other = create("");
    StandInAnalytics.best(List.of(purchaser(refusing), purchaser(other)));
    predict("{\"top\":2,\"horizonDays\":30}").body("predictions", hasSize(2));

    put(as("privacy-officer"), refusing, "profiling", said("refused", AT)).statusCode(200);

    predict("{\"top\":2,\"horizonDays\":30}").body("predictions.customer.id", contains(other));
    String asked = StandInAnalytics.lastRequest();
    predict("{\"customers\":[\"%s\"],\"horizonDays\":30}".formatted(refusing))
        .body("predictions[0].eligible", equalTo(false))
        .body("predictions[0].reason", equalTo("profiling-refused"))
        .body("predictions[0].customer.name.given", equalTo("A•••"));
    assertThat(StandInAnalytics.lastRequest()).as("nobody was asked").isEqualTo(asked);
    predict("{\"customers\":[\"%s\",\"%s\"],\"horizonDays\":30}".formatted(refusing, other))
        .body("predictions.eligible", contains(false, true));
    assertThat(StandInAnalytics.lastRequest()).doesNotContain(purchaser(refusing).toString());

    put(as("privacy-officer"), refusing, "profiling", said("granted", LATER)).statusCode(200);
    predict("{\"customers\":[\"%s\"],\"horizonDays\":30}".formatted(refusing))
        .body("predictions[0].eligible", equalTo(true));
  }

  @Test
  void theirHistoryIsToldLaterByTheJob() {
    String id = create("");
    put(as("privacy-officer"), id, "profiling", said("refused", AT)).statusCode(200);
    assertThat(told(id)).isEmpty();

    as("data-steward").post("/v1/maintenance/mix-histories").then().statusCode(403);
    as("security-officer")
        .post("/v1/maintenance/mix-histories")
        .then()
        .statusCode(200)
        .body("described", notNullValue())
        .body("left", equalTo(0));

    assertThat(told(id)).containsExactly(new Traits(false, true, Map.of()));
    as("security-officer").post("/v1/maintenance/rewrite").then().statusCode(200);
    consents(id).body("consents.decision", contains("refused"));
  }

  @Test
  void theTableShowsNothingOfIt() {
    String id = create("");
    put(as("privacy-officer"), id, "unseen-purpose", said("granted", AT)).statusCode(200);

    List<String> rows =
        transactions.call(
            c -> Sql.query(c, "SELECT t::text FROM customer_consent t", row -> row.getString(1)));
    assertThat(rows).isNotEmpty();
    for (String value : List.of("unseen-purpose", "web-shop", "granted")) {
      String hex = HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8));
      assertThat(rows).noneMatch(row -> row.contains(value) || row.contains(hex));
    }
  }

  private List<Traits> told(String customer) {
    UUID id = purchaser(customer);
    return transactions.call(
        c ->
            Sql.query(
                c,
                "SELECT revision, sealed FROM purchase_history WHERE id = ?",
                row ->
                    PurchaseHistory.decode(
                            records.open(
                                Dataset.PURPOSE,
                                Dataset.PURCHASE_HISTORY.associatedData(id, row.getLong(1)),
                                row.getBytes(2)))
                        .traits(),
                id));
  }

  private UUID purchaser(String customer) {
    return links.purchasersOf(List.of(UUID.fromString(customer))).values().iterator().next();
  }

  private static String said(String decision, String at) {
    return "{\"decision\":\"%s\",\"source\":\"web-shop\",\"at\":\"%s\",\"wording\":\"2026-01\"}"
        .formatted(decision, at);
  }

  /** Different ones for each hour. */
  private static String consentsAt(int hour, int count) {
    StringBuilder all = new StringBuilder();
    for (int minute = 0; minute < count; minute++) {
      all.append(minute == 0 ? "" : ",")
          .append(
              "{\"purpose\":\"profiling\",\"decision\":\"granted\",\"source\":\"till\","
                  + "\"at\":\"2026-04-01T%02d:%02d:00Z\",\"wording\":\"3\"}"
                      .formatted(hour, minute));
    }
    return all.toString();
  }

  private static String imported(String externalId, String consents) {
    String row =
        "{\"externalId\":\"%s\",\"name\":{\"given\":\"Ada\"},\"consents\":[%s]}\n"
            .formatted(externalId, consents);
    return ingest()
        .contentType("application/x-ndjson")
        .body(row.getBytes(StandardCharsets.UTF_8))
        .post("/v1/customers/imports")
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  private static String search(String externalId) {
    return as("data-steward")
        .contentType("application/json")
        .body("{\"externalId\":\"%s\"}".formatted(externalId))
        .post("/v1/customers/search")
        .then()
        .statusCode(200)
        .extract()
        .path("customers[0].id");
  }

  private static String create(String more) {
    return as("data-steward")
        .contentType("application/json")
        .body("{\"name\":{\"given\":\"Ada\"}%s}".formatted(more))
        .post("/v1/customers")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static ValidatableResponse predict(String json) {
    return as("marketer")
        .contentType("application/json")
        .body(json)
        .post("/v1/predictions")
        .then()
        .statusCode(200);
  }

  private static ValidatableResponse put(
      RequestSpecification who, String id, String purpose, String json) {
    return who.contentType("application/json").body(json).put(path(id) + "/" + purpose).then();
  }

  private static ValidatableResponse consents(String id) {
    return as("marketer").get(path(id)).then().statusCode(200);
  }

  private static ValidatableResponse history(String role, String id) {
    return as(role).get(path(id) + "/history").then();
  }

  private static String path(String id) {
    return "/v1/customers/" + id + "/consents";
  }

  private static RequestSpecification ingest() {
    return given().auth().oauth2(TestParts.get().keycloak().serviceToken("ingest"));
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestParts.get().keycloak().userToken(role));
  }
}
