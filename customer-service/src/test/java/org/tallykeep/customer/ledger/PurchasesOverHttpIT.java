package org.tallykeep.customer.ledger;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.aggregates.HistoryStream;
import org.tallykeep.aggregates.HistoryStreamReader;
import org.tallykeep.customer.CustomerParts;
import org.tallykeep.local.parts.TestParts;

@QuarkusTest
@QuarkusTestResource(CustomerParts.class)
class PurchasesOverHttpIT {

  private static final String NDJSON = "application/x-ndjson";

  private static final String IMPORTS = "/v1/purchases/imports";
  private static final String HISTORIES = "/v1/aggregates/purchase-histories";

  @Test
  void aPurchaseIsTakenOnceAndAnotherContentIsAConflict() {
    String purchase = purchase("single-1", "h-1", "1.99");
    post(purchase).then().statusCode(201).body("status", equalTo("accepted"));
    post(purchase).then().statusCode(200).body("status", equalTo("duplicate"));
    post(purchase("single-1", "h-1", "2.99"))
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:tallykeep:problem:event-content-differs"))
        .body("field", equalTo("eventId"));
  }

  @Test
  void aReturnAndACorrectionAreTakenAndASecondCorrectionIsAConflict() {
    post(purchase("wrong-1", "h-7", "1.99")).then().statusCode(201);
    post(typed("return-1", "\"type\":\"return\"")).then().statusCode(201);
    post(typed("right-1", "\"corrects\":\"wrong-1\"")).then().statusCode(201);
    post(typed("right-1", "\"corrects\":\"wrong-1\"")).then().statusCode(200);
    post(typed("right-2", "\"corrects\":\"wrong-1\""))
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:tallykeep:problem:corrected-before"))
        .body("field", equalTo("corrects"));
    post(typed("right-1", "\"corrects\":\"right-1\""))
        .then()
        .statusCode(422)
        .body("code", equalTo("corrects-itself"));
  }

  private static String typed(String event, String more) {
    return purchase(event, "h-7", "1.99").replaceFirst("\\{", "{" + more + ",");
  }

  @Test
  void whatCannotBeReadIsA400AndWhatIsWrongA422() {
    post("{\"eventId\":").then().statusCode(400).body("code", equalTo("malformed-json"));
    post("{\"price\":1}").then().statusCode(400).body("field", equalTo("price"));
    post(purchase("single-2", "h-1", "-1.99"))
        .then()
        .statusCode(422)
        .body("code", equalTo("negative-amount"))
        .body("field", equalTo("lines[0].amount"));
    post("x".repeat(2 << 20)).then().statusCode(413);
    ingest().contentType(ContentType.TEXT).body("x").post("/v1/purchases").then().statusCode(415);
  }

  /** Whatever the headers say, only an import may send without end. */
  @ParameterizedTest
  @ValueSource(strings = {"/v1/predictions", "/v1/customers/search", "/v1/customers"})
  void whatIsReadAsAWholeIsBounded(String path) throws Exception {
    String token = TestParts.get().keycloak().userToken("data-steward");
    for (String type : List.of("", "Content-Type: application/x-ndjson\r\n")) {
      assertThat(raw(path, token, type + "Transfer-Encoding: chunked\r\n")).contains(" 411 ");
      assertThat(raw(path, token, type + "Content-Length: 99999999\r\n")).contains(" 413 ");
    }
    assertThat(raw(path, token, "Content-Length: 10\r\n")).contains(" 415 ");
  }

  /** The first line of the answer to a request whose body never comes. */
  private static String raw(String path, String token, String headers) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s\r\n"
                      .formatted(path, token, headers))
                  .getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/purchases", "/v1/purchases/imports"})
  void onlyIngestAndStewardsMayBringPurchases(String path) {
    given()
        .contentType(path.endsWith("imports") ? NDJSON : "application/json")
        .body(new byte[] {'{', '}'})
        .post(path)
        .then()
        .statusCode(401);
    given()
        .auth()
        .oauth2(TestParts.get().keycloak().userToken("marketer"))
        .contentType(path.endsWith("imports") ? NDJSON : "application/json")
        .body(new byte[] {'{', '}'})
        .post(path)
        .then()
        .statusCode(403);
  }

  @Test
  void whatIsImportedIsCountedAndStreamedToTheAnalyticsServiceAlone() throws Exception {
    String rows =
        purchase("bulk-1", "h-2", "1.99")
            + "\n"
            + purchase("bulk-2", "h-3", "nothing")
            + "\n"
            + purchase("bulk-3", "h-3", "0")
            + "\n";
    List<String> answers = importing(BodyPublishers.ofByteArray(gzip(rows)), "gzip");
    assertThat(answers).hasSize(4);
    assertThat(answers.get(1)).contains("\"line\":2", "malformed-amount").doesNotContain("nothing");
    assertThat(answers.getLast()).contains("\"rows\":3,\"accepted\":2", "\"refused\":1");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                ingest()
                    .get("/v1/ingest/status")
                    .then()
                    .statusCode(200)
                    .body("pending", equalTo(0))
                    .body("openPartition", greaterThan(0)));
    assertThat(streamedRows("analytics-service")).isGreaterThanOrEqualTo(2);
    assertThat(stream("customer-service").statusCode()).isEqualTo(401);
    given()
        .auth()
        .oauth2(TestParts.get().keycloak().userToken("data-steward"))
        .get(HISTORIES)
        .then()
        .statusCode(403);
    given()
        .auth()
        .oauth2(TestParts.get().keycloak().serviceToken("analytics-service"))
        .get(HISTORIES + "?afterRevision=nonsense")
        .then()
        .statusCode(400);
  }

  @Test
  void aLineOfFiftyMegabytesIsAnsweredWithItsNumberAfterTheRowsBefore() throws Exception {
    byte[] long50 = new byte[50 << 20];
    Arrays.fill(long50, (byte) 'x');
    List<String> answers =
        importing(
            BodyPublishers.concat(
                BodyPublishers.ofString(purchase("long-1", "h-4", "1") + "\n"),
                BodyPublishers.ofByteArray(long50)),
            "");
    assertThat(answers).hasSize(2);
    assertThat(answers.getFirst()).contains("accepted");
    assertThat(answers.getLast()).contains("urn:tallykeep:problem:line-too-long", "\"line\":2");
  }

  @Test
  void aTruncatedGzipKeepsTheRowsBefore() throws Exception {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      rows.append(purchase("cut-" + i, "h-5", "1")).append('\n');
    }
    byte[] whole = gzip(rows.toString());
    List<String> answers =
        importing(BodyPublishers.ofByteArray(Arrays.copyOf(whole, whole.length / 2)), "gzip");
    assertThat(answers.getLast()).contains("urn:tallykeep:problem:gzip-broken", "truncated");
    assertThat(answers.getFirst()).contains("accepted");
    List<String> again = importing(BodyPublishers.ofByteArray(whole), "gzip");
    assertThat(again.getLast()).contains("\"rows\":5000", "\"duplicate\":" + (answers.size() - 1));
  }

  /** The client reads nothing before all is sent; many answers must not stop the sending. */
  @Test
  void answersThatAreReadLateDoNotStopAnImport() throws Exception {
    byte[] row = "{\"unknown\":1}\n".getBytes(StandardCharsets.UTF_8);
    int rows = 300_000;
    ByteArrayOutputStream body = new ByteArrayOutputStream(rows * row.length);
    for (int i = 0; i < rows; i++) {
      body.write(row);
    }
    List<String> answers = importing(BodyPublishers.ofByteArray(body.toByteArray()), "");
    assertThat(answers).hasSize(rows + 1);
    assertThat(answers.getLast()).contains("\"refused\":" + rows);
  }

  @Test
  void anotherContentEncodingIsRefused() {
    ingest()
        .contentType(NDJSON)
        .header("Content-Encoding", "br")
        .body(new byte[] {1})
        .post("/v1/purchases/imports")
        .then()
        .statusCode(415);
  }

  private static String purchase(String event, String buyer, String amount) {
    return """
        {"eventId":"%s","externalId":"%s","day":"2017-01-01",\
        "lines":[{"product":"P1","category":"C","units":1,"amount":"%s"}]}"""
        .formatted(event, buyer, amount);
  }

  private static io.restassured.response.Response post(String purchase) {
    return ingest().contentType(ContentType.JSON).body(purchase).post("/v1/purchases");
  }

  private static RequestSpecification ingest() {
    return given().auth().oauth2(token());
  }

  private static String token() {
    return TestParts.get().keycloak().serviceToken("ingest");
  }

  private List<String> importing(HttpRequest.BodyPublisher body, String encoding)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(IMPORTS))
            .timeout(Duration.ofMinutes(3))
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", NDJSON)
            .POST(body);
    if (!encoding.isEmpty()) {
      request.header("Content-Encoding", encoding);
    }
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      return response.body().lines().toList();
    }
  }

  private HttpResponse<byte[]> stream(String service) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(HISTORIES))
            .header("Authorization", "Bearer " + TestParts.get().keycloak().serviceToken(service))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofByteArray());
    }
  }

  private int streamedRows(String service) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = stream(service);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(HistoryStream.MEDIA_TYPE);
    InputStream body = new ByteArrayInputStream(response.body());
    HistoryStreamReader reader = new HistoryStreamReader(body);
    assertThat(reader.header().manifests()).hasSize(64);
    int rows = 0;
    while (!reader.next().equals(Optional.empty())) {
      rows++;
    }
    return rows;
  }

  private static URI uri(String path) {
    return URI.create(RestAssured.baseURI + ":" + RestAssured.port + path);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
