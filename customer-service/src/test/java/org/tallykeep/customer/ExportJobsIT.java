package org.tallykeep.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.local.parts.TestParts;

/** Export jobs over HTTP, with a real database, key service and issuer. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class ExportJobsIT {

  private static final String JOBS = "/v1/export-jobs";
  private static final String NDJSON = "application/x-ndjson";
  private static final String CUSTOMERS =
      "{\"kind\":\"customers\",\"format\":\"ndjson\",\"purposes\":[\"identity\",\"contact\"]}";
  private static final String PURCHASES =
      "{\"kind\":\"purchases\",\"format\":\"csv\",\"gzip\":true}";

  @Inject Transactions transactions;

  @Test
  void customersGoOutAsTheyCameIn() {
    String row =
        "{\"externalIds\":[\"xj-1\"],\"name\":{\"given\":\"Ada\",\"family\":\"Stone\"},"
            + "\"birthDate\":\"1980-02-03\",\"emails\":[\"xj-1@example.org\"],"
            + "\"phones\":[\"+12025550143\"],"
            + "\"addresses\":[{\"street\":\"1 Elm St\",\"town\":\"Springfield\",\"country\":\"US\"}],"
            + "\"locale\":\"en-US\"}\n";
    send("/v1/customers/imports", NDJSON, row.getBytes(StandardCharsets.UTF_8));

    String id = submitted(CUSTOMERS);

    ended(id, "done")
        .body("purposes", contains("contact", "identity"))
        .body("purpose", equalTo("Move to the new shop"))
        .body("rows", greaterThan(0))
        .body("bytes", greaterThan(row.length() - 1))
        .body("expiresAt", notNullValue())
        .body("problem", nullValue());
    Response file = file(id);
    assertThat(file.asString()).contains(row);
    assertThat(file.header("Content-Length")).isEqualTo("" + file.asByteArray().length);
    file.then()
        .contentType(NDJSON)
        .header("Content-Disposition", "attachment; filename=\"customers.ndjson\"")
        .header("Cache-Control", containsString("no-store"));
    assertThat(send("/v1/customers/imports", NDJSON, row.getBytes(StandardCharsets.UTF_8)))
        .contains("\"duplicate\":1");
  }

  @Test
  void purchasesGoOutUnderTheCustomersIdAndComeBackAsTheSame() {
    send(
        "/v1/customers/imports",
        NDJSON,
        "{\"externalId\":\"xj-2\",\"name\":{\"given\":\"Bea\"}}\n"
            .getBytes(StandardCharsets.UTF_8));
    for (String buyer : new String[] {"xj-2", "xj-nobody"}) {
      send(
          "/v1/purchases/imports",
          NDJSON,
          """
          {"eventId":"of %1$s","externalId":"%1$s","day":"2017-01-01",\
          "lines":[{"product":"P1","units":1,"amount":"1.99"}]}
          """
              .formatted(buyer)
              .getBytes(StandardCharsets.UTF_8));
    }

    String id = submitted(PURCHASES);

    int rows = ended(id, "done").extract().path("rows");
    Response file = file(id);
    file.then().contentType("application/gzip");
    assertThat(send("/v1/purchases/imports", "text/csv", file.asByteArray()))
        .contains("\"rows\":" + rows, "\"duplicate\":" + rows);
    String plain = submitted("{\"kind\":\"purchases\",\"format\":\"csv\"}");
    ended(plain, "done");
    assertThat(file(plain).asString())
        .containsPattern("of xj-nobody,,,xj-nobody,,")
        .containsPattern("of xj-2,,,,[0-9a-f-]{36},");
  }

  @Test
  void aLargeOneWaitsForASecondOfficerAndAFileIsGoneWithItsGrant() {
    somebodies(6_000);
    String id = submitted(CUSTOMERS);
    String refused = submitted(CUSTOMERS);
    nobodies();
    String grant = waiting(id);
    officer().delete("/v1/grants/" + waiting(refused)).then().statusCode(200);
    ended(refused, "failed")
        .body("problem.type", equalTo("urn:tallykeep:problem:grant-ended"))
        .body("grant", nullValue());
    as("data-steward").get(JOBS + "/" + refused + "/file").then().statusCode(404);

    officer().post("/v1/grants/" + grant + "/approval").then().statusCode(200);

    ended(id, "done").body("grant", nullValue());
    file(id);
    officer().delete("/v1/grants/" + grant).then().statusCode(200);
    as("data-steward")
        .get(JOBS + "/" + id + "/file")
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:tallykeep:problem:grant-ended"));
    ended(id, "expired");
    assertThat(number("SELECT count(*) FROM export_chunk WHERE job_id = '" + id + "'")).isZero();
  }

  @Test
  void moreThanTheBudgetLeavesIsRefusedAtOnce() {
    somebodies(100_001);
    long before = number("SELECT count(*) FROM export_job");
    try {
      post(CUSTOMERS)
          .then()
          .statusCode(429)
          .header("Retry-After", notNullValue())
          .body("type", equalTo("urn:tallykeep:problem:over-budget"));
    } finally {
      nobodies();
    }
    assertThat(number("SELECT count(*) FROM export_job")).isEqualTo(before);
  }

  @Test
  void aFileExpiresAndOneThatIsDeletedIsGone() {
    String id = submitted(PURCHASES);
    ended(id, "done");
    transactions.call(
        c ->
            Sql.update(
                c, "UPDATE export_job SET expires_at = now() WHERE id = ?", UUID.fromString(id)));
    as("data-steward")
        .get(JOBS + "/" + id + "/file")
        .then()
        .statusCode(404)
        .body("type", equalTo("urn:tallykeep:problem:export-file-not-found"));
    String other = submitted(PURCHASES);
    ended(other, "done");
    as("data-steward")
        .delete(JOBS + "/" + other)
        .then()
        .statusCode(202)
        .body("state", equalTo("expired"));
    as("data-steward").get(JOBS + "/" + other + "/file").then().statusCode(404);
    as("data-steward").delete(JOBS + "/" + other).then().statusCode(409);
    assertThat(number("SELECT count(*) FROM export_chunk WHERE job_id = '" + other + "'")).isZero();
  }

  @Test
  void theSameRequestAgainIsTheSameJob() {
    String id = repeated("export-1", PURCHASES).then().statusCode(202).extract().path("id");
    assertThat((String) repeated("export-1", PURCHASES).path("id")).isEqualTo(id);
    repeated("export-1", CUSTOMERS).then().statusCode(409);
    repeated("x".repeat(1000), PURCHASES).then().statusCode(400);
    as("data-steward")
        .get(JOBS + "?limit=1")
        .then()
        .statusCode(200)
        .body("jobs[0].id", equalTo(id));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "{'format':'csv'}; 422; kind",
        "{'kind':'nothing','format':'csv'}; 422; kind",
        "{'kind':'purchases'}; 422; format",
        "{'kind':'customers','format':'csv'}; 422; purposes",
        "{'kind':'customers','format':'csv','purposes':[]}; 422; purposes",
        "{'kind':'customers','format':'csv','purposes':['link']}; 422; purposes",
        "{'kind':'customers','format':'csv','purposes':['contact'],'from':'2026-01-01'}; 422; from",
        "{'kind':'purchases','format':'csv','purposes':['contact']}; 422; purposes",
        "{'kind':'purchases','format':'csv','from':'yesterday'}; 422; from",
        "{'kind':'purchases','format':'csv','from':'2026-02-01','to':'2026-01-01'}; 422; to",
        "{'kind':'purchases','format':'csv','colour':'red'}; 400; colour",
        "{'kind':'purchases','format':'csv','gzip':'yes'}; 400; gzip"
      })
  void whatIsWrongIsNamed(String body, int status, String field) {
    post(body.replace('\'', '"')).then().statusCode(status).body("field", equalTo(field));
  }

  @Test
  void whatIsNotARequestIsRefused() {
    as("data-steward")
        .contentType("application/json")
        .body(PURCHASES)
        .post(JOBS)
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:tallykeep:problem:purpose-missing"));
    post("[]").then().statusCode(400);
    post("").then().statusCode(400);
    as("data-steward")
        .header("Purpose", "x")
        .contentType("text/csv")
        .body("x")
        .post(JOBS)
        .then()
        .statusCode(415);
    as("data-steward").get(JOBS + "?limit=0").then().statusCode(400);
    as("data-steward").get(JOBS + "?cursor=nonsense").then().statusCode(400);
    String nobodys = JOBS + "/" + UUID.randomUUID();
    as("data-steward").get(nobodys).then().statusCode(404);
    as("data-steward").get(nobodys + "/file").then().statusCode(404);
    as("data-steward").delete(nobodys).then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"marketer", "campaign-manager", "privacy-officer", "security-officer", "ingest"})
  void nobodyButAStewardExports(String role) {
    String job = JOBS + "/" + UUID.randomUUID();
    who(role)
        .header("Purpose", "x")
        .contentType("application/json")
        .body(PURCHASES)
        .post(JOBS)
        .then()
        .statusCode(403);
    who(role).get(JOBS).then().statusCode(403);
    who(role).get(job).then().statusCode(403);
    who(role).get(job + "/file").then().statusCode(403);
    who(role).delete(job).then().statusCode(403);
  }

  @Test
  void nobodyExportsWithoutAToken() {
    given().contentType("application/json").body(PURCHASES).post(JOBS).then().statusCode(401);
    given().get(JOBS + "/" + UUID.randomUUID() + "/file").then().statusCode(401);
  }

  /** Rows that count and open to nothing. */
  private void somebodies(int count) {
    transactions.call(
        c ->
            Sql.update(
                c,
                """
                INSERT INTO customer
                SELECT gen_random_uuid(), gen_random_uuid(), 1, 1, '', '', ''
                FROM generate_series(1, ?)
                """,
                count));
  }

  private void nobodies() {
    transactions.call(c -> Sql.update(c, "DELETE FROM customer WHERE mask = ''"));
  }

  private long number(String sql) {
    return transactions.call(c -> Sql.number(c, sql));
  }

  private static String waiting(String id) {
    return as("data-steward")
        .get(JOBS + "/" + id)
        .then()
        .body("state", equalTo("waiting-for-approval"))
        .extract()
        .path("grant");
  }

  private static String submitted(String body) {
    Response response = post(body);
    response.then().statusCode(202).body("submittedAt", notNullValue());
    String id = response.path("id");
    assertThat(response.header("Location")).endsWith(JOBS + "/" + id);
    return id;
  }

  private static ValidatableResponse ended(String id, String state) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> as("data-steward").get(JOBS + "/" + id),
            job -> state.equals(job.jsonPath().getString("state")))
        .then();
  }

  private static Response file(String id) {
    Response file = as("data-steward").get(JOBS + "/" + id + "/file");
    file.then().statusCode(200);
    return file;
  }

  private static Response post(String body) {
    return as("data-steward")
        .header("Purpose", "Move to the new shop")
        .contentType("application/json")
        .body(body)
        .post(JOBS);
  }

  private static Response repeated(String name, String body) {
    return as("data-steward")
        .header("Purpose", "x")
        .header("Idempotency-Key", name)
        .contentType("application/json")
        .body(body)
        .post(JOBS);
  }

  private static String send(String path, String type, byte[] body) {
    return as("data-steward").contentType(type).body(body).post(path).then().extract().asString();
  }

  private static RequestSpecification officer() {
    TestParts parts = TestParts.get();
    return given()
        .auth()
        .oauth2(parts.keycloak().consoleToken("security-officer"))
        .baseUri(parts.keyService().url());
  }

  private static RequestSpecification who(String role) {
    return role.equals("ingest")
        ? given().auth().oauth2(TestParts.get().keycloak().serviceToken("ingest"))
        : as(role);
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestParts.get().keycloak().userToken(role));
  }
}
