package org.tallykeep.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.local.parts.TestParts;

/** Import jobs over HTTP, with a real database, key service and issuer. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class ImportJobsIT {

  private static final String JOBS = "/v1/import-jobs";
  private static final String NDJSON = "application/x-ndjson";
  private static final String CSV = "text/csv";

  @Inject Transactions transactions;

  @Test
  void customersOfACsvBecomeCustomersWhoAreFound() {
    String rows =
        "externalId;givenName;familyName;emails;town;country\n"
            + "ij-1;Ada;Stone;ij-1@example.org|ij-2@example.org;Springfield;US\n"
            + "ij-2;Bea;;\"no address\";;\n";
    String id = submitted(post("customers", CSV, bytes(rows)));
    ended(id, "done")
        .then()
        .body("kind", equalTo("customers"))
        .body("rows", equalTo(2))
        .body("accepted", equalTo(1))
        .body("refused", equalTo(1))
        .body("bytesDone", equalTo(rows.length()))
        .body("rowsPerSecond", notNullValue())
        .body("problem", nullValue());
    as("data-steward")
        .contentType("application/json")
        .body("{\"email\":\"ij-2@example.org\"}")
        .post("/v1/customers/search")
        .then()
        .statusCode(200)
        .body("customers.size()", equalTo(1));
    assertThat(errors(id, NDJSON))
        .isEqualTo(
            "{\"line\":3,\"status\":\"refused\",\"code\":\"invalid-email\",\"field\":\"emails[0]\","
                + "\"detail\":\"not an e-mail address\"}\n");
    assertThat(errors(id, CSV))
        .startsWith("line,status,code,field,detail\n3,refused,invalid-email,emails[0],");
    assertThat(staged()).isZero();
  }

  @Test
  void purchasesComeAsGzipAndTheSameRequestAgainIsTheSameJob() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 2500; i++) {
      rows.append(
          """
          {"eventId":"ij-%d","externalId":"ij-b","day":"2017-01-01",\
          "lines":[{"product":"P1","units":1,"amount":"1"}]}
          """
              .formatted(i));
    }
    byte[] body = gzip(rows.toString());
    String id = submitted(repeated("import-1", "purchases", body));
    assertThat(submitted(repeated("import-1", "purchases", body))).isEqualTo(id);
    repeated("import-1", "customers", body).then().statusCode(409);
    repeated("import-1", "purchases", gzip(rows + rows.toString()))
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:tallykeep:problem:idempotency-key-used"));
    ended(id, "done").then().body("accepted", equalTo(2500)).body("duplicate", equalTo(0));
    assertThat(submitted(repeated("import-1", "purchases", body))).isEqualTo(id);
    String again = submitted(post("purchases", NDJSON, body));
    ended(again, "done").then().body("accepted", equalTo(0)).body("duplicate", equalTo(2500));
    as("data-steward").delete(JOBS + "/" + id).then().statusCode(409);
  }

  @Test
  void csvIsTakenByTheStreamingImportsToo() {
    String answers =
        as("data-steward")
            .contentType(CSV)
            .body(
                bytes("eventId,externalId,day,product,units,amount\nij-s,ij-b,2017-01-01,P,1,1\n"))
            .post("/v1/purchases/imports")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(answers).startsWith("{\"line\":2,\"status\":\"accepted\"}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {JOBS + "?kind=customers", "/v1/customers/imports"})
  void anUnknownColumnRefusesTheFile(String path) {
    as("data-steward")
        .contentType(CSV)
        .body(bytes("givenName,colour\nAda,red\n"))
        .post(path)
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:tallykeep:problem:columns-refused"))
        .body("code", equalTo("unknown-column"));
  }

  @Test
  void whatIsNotARequestIsRefused() {
    post("nothing", NDJSON, bytes("{}\n")).then().statusCode(400);
    as("data-steward").contentType(NDJSON).body(bytes("{}\n")).post(JOBS).then().statusCode(400);
    post("customers", "application/json", bytes("{}\n")).then().statusCode(415);
    as("data-steward")
        .contentType(NDJSON)
        .header("Content-Encoding", "br")
        .body(bytes("x"))
        .post(JOBS + "?kind=customers")
        .then()
        .statusCode(415);
    as("data-steward").get(JOBS + "?limit=0").then().statusCode(400);
    as("data-steward").get(JOBS + "?cursor=nonsense").then().statusCode(400);
    String nobody = JOBS + "/" + UUID.randomUUID();
    as("data-steward").get(nobody).then().statusCode(404);
    as("data-steward").accept(NDJSON).get(nobody + "/errors").then().statusCode(404);
    as("data-steward").delete(nobody).then().statusCode(404);
  }

  @Test
  void aMachineSeesItsOwnJobsAlone() {
    String stewards = submitted(post("purchases", NDJSON, bytes("{}\n")));

    machine().get(JOBS + "/" + stewards).then().statusCode(404);
    machine().get(JOBS + "/" + stewards + "/errors").then().statusCode(404);
    machine().delete(JOBS + "/" + stewards).then().statusCode(404);
    String own =
        machine()
            .contentType(NDJSON)
            .body(bytes("{}\n"))
            .post(JOBS + "?kind=purchases")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    machine().get(JOBS).then().statusCode(200).body("jobs.id", contains(own));
    as("data-steward").get(JOBS + "/" + own).then().statusCode(200);
  }

  @Test
  void onlyStewardsAndIngestHaveJobs() {
    for (String role : List.of("marketer", "campaign-manager", "privacy-officer")) {
      as(role)
          .contentType(NDJSON)
          .body(bytes("{}\n"))
          .post(JOBS + "?kind=customers")
          .then()
          .statusCode(403);
      as(role).get(JOBS).then().statusCode(403);
      as(role).get(JOBS + "/" + UUID.randomUUID()).then().statusCode(403);
      as(role)
          .accept(NDJSON)
          .get(JOBS + "/" + UUID.randomUUID() + "/errors")
          .then()
          .statusCode(403);
      as(role).delete(JOBS + "/" + UUID.randomUUID()).then().statusCode(403);
    }
    given().get(JOBS).then().statusCode(401);
    given()
        .contentType(NDJSON)
        .body(bytes("{}"))
        .post(JOBS + "?kind=customers")
        .then()
        .statusCode(401);
    given()
        .auth()
        .oauth2(TestParts.get().keycloak().serviceToken("ingest"))
        .contentType(NDJSON)
        .body(bytes("{\"name\":{\"given\":\"Ada\"}}\n"))
        .post(JOBS + "?kind=customers")
        .then()
        .statusCode(202);
  }

  @Test
  void jobsAreListedPageByPage() {
    String first = submitted(post("customers", NDJSON, bytes("")));
    String second = submitted(post("customers", NDJSON, bytes("\n")));
    Response page = as("data-steward").get(JOBS + "?limit=1");
    page.then().statusCode(200).body("jobs[0].id", equalTo(second));
    as("data-steward")
        .queryParam("limit", 1)
        .queryParam("cursor", page.jsonPath().getString("nextCursor"))
        .get(JOBS)
        .then()
        .body("jobs[0].id", equalTo(first));
  }

  @Test
  void aBodyThatBreaksOffLeavesNoJob() throws IOException {
    ended(submitted(post("customers", NDJSON, bytes(""))), "done");
    long before = number("SELECT count(*) FROM import_job");
    try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
      String head =
          """
          POST /v1/import-jobs?kind=purchases HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer %s\r
          Content-Type: application/x-ndjson\r
          Transfer-Encoding: chunked\r
          \r
          """
              .formatted(TestParts.get().keycloak().userToken("data-steward"));
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      byte[] chunk = bytes("x".repeat(64 * 1024));
      for (int i = 0; i < 40; i++) {
        socket.getOutputStream().write(bytes(String.format(Locale.ROOT, "%x\r\n", chunk.length)));
        socket.getOutputStream().write(chunk);
        socket.getOutputStream().write(bytes("\r\n"));
      }
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> staged() > 0);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(number("SELECT count(*) FROM import_job")).isEqualTo(before));
    assertThat(staged()).isZero();
  }

  private long staged() {
    return number("SELECT count(*) FROM import_chunk");
  }

  private long number(String sql) {
    return transactions.call(c -> Sql.number(c, sql));
  }

  private static Response repeated(String name, String kind, byte[] body) {
    return as("data-steward")
        .contentType(NDJSON)
        .header("Content-Encoding", "gzip")
        .header("Idempotency-Key", name)
        .body(body)
        .post(JOBS + "?kind=" + kind);
  }

  private static Response post(String kind, String type, byte[] body) {
    return as("data-steward").contentType(type).body(body).post(JOBS + "?kind=" + kind);
  }

  private static String submitted(Response response) {
    response.then().statusCode(202).body("submittedAt", notNullValue());
    String id = response.jsonPath().getString("id");
    assertThat(response.header("Location")).endsWith(JOBS + "/" + id);
    return id;
  }

  private static Response ended(String id, String state) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> as("data-steward").get(JOBS + "/" + id),
            job -> state.equals(job.jsonPath().getString("state")));
  }

  private static String errors(String id, String type) {
    return as("data-steward")
        .accept(type)
        .get(JOBS + "/" + id + "/errors")
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestParts.get().keycloak().userToken(role));
  }

  private static RequestSpecification machine() {
    return given().auth().oauth2(TestParts.get().keycloak().serviceToken("ingest"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(bytes(text));
    }
    return bytes.toByteArray();
  }
}
