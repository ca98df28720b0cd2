package org.tallykeep.customer.index;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.aggregates.Shards;
import org.tallykeep.customer.RealParts;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.local.parts.TestParts;

/** Turns the index key over, with a real database, key service and issuer. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class IndexRotationIT {

  private static final List<String> TABLES =
      List.of(
          "customer_external_id",
          "customer_email",
          "customer_phone",
          "purchaser_external_id",
          "purchase_event");

  @Inject IndexVersions versions;
  @Inject Transactions transactions;

  @AfterEach
  void nothingIsLeftUnderWay() {
    reindex();
  }

  @Test
  void everybodyIsFoundAndNothingIsTakenTwiceBeforeDuringAndAfter() {
    String name = "turn-" + UUID.randomUUID();
    List<String> before = create(name + "-before", 12);
    take(purchases(name + "-before", 12), "accepted");
    int version = begin();

    versions.introduce(version);
    List<String> during = create(name + "-during", 12);
    take(purchases(name + "-during", 12), "accepted");
    assertFound(name + "-before", before);
    assertFound(name + "-during", during);
    take(purchases(name + "-before", 12), "duplicate");
    take(purchases(name + "-during", 12), "duplicate");
    assertKnown(name + "-before", before);

    assertThat(reindex()).allSatisfy((table, left) -> assertThat(left).as(table).isZero());

    assertFound(name + "-before", before);
    assertFound(name + "-during", during);
    take(purchases(name + "-before", 12), "duplicate");
    take(purchases(name + "-during", 12), "duplicate");
    assertKnown(name + "-before", before);
    assertKnown(name + "-during", during);
    assertAllUnder(version);
    assertThat(liveVersions()).containsExactlyElementsOf(versionsAnd(version));
  }

  @Test
  void whoSharesANumberIsFoundWithTheOthersAfterTheirRowsMovedApart() {
    String phone = "+4420794%05d".formatted(Math.floorMod(UUID.randomUUID().hashCode(), 90_000));
    List<String> ids =
        new ArrayList<>(IntStream.range(0, 5).mapToObj(i -> createWithPhone(phone)).toList());
    versions.introduce(begin());
    ids.addAll(IntStream.range(0, 3).mapToObj(i -> createWithPhone(phone)).toList());
    assertThat(foundBy("phone", phone)).containsExactlyInAnyOrderElementsOf(ids);

    reindex();

    assertThat(foundBy("phone", phone)).containsExactlyInAnyOrderElementsOf(ids);
    createWithPhone(phone);
    assertThat(foundBy("phone", phone)).as("eight is all there is").hasSize(8);
  }

  @Test
  void whoIsFoundByAnAttributeStaysSo() {
    as("data-steward")
        .contentType(ContentType.JSON)
        .body(Map.of("type", "text", "protection", "identity", "searchable", true))
        .put("/v1/attributes/loyaltyNo");
    String value = "L " + UUID.randomUUID();
    List<String> ids =
        new ArrayList<>(IntStream.range(0, 3).mapToObj(i -> createWithNumber(value)).toList());
    versions.introduce(begin());
    ids.add(createWithNumber(value));
    assertThat(foundByNumber(value)).containsExactlyInAnyOrderElementsOf(ids);

    assertThat(reindex().values()).containsOnly(0);

    assertThat(foundByNumber(value)).containsExactlyInAnyOrderElementsOf(ids);
  }

  private static String createWithNumber(String value) {
    return as("data-steward")
        .contentType(ContentType.JSON)
        .body(Map.of("name", Map.of("given", "L"), "attributes", Map.of("loyaltyNo", value)))
        .post("/v1/customers")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static List<String> foundByNumber(String value) {
    return as("data-steward")
        .contentType(ContentType.JSON)
        .body(Map.of("attribute", Map.of("name", "loyaltyNo", "value", value)))
        .post("/v1/customers/search")
        .then()
        .statusCode(200)
        .extract()
        .path("customers.id");
  }

  @Test
  void whoChangesTheirAddressMeanwhileIsFoundByTheNewOneAlone() {
    String name = "change-" + UUID.randomUUID();
    String id = create(name, 1).getFirst();
    versions.introduce(begin());
    profile(name + "-0", "new-" + name + "@example.org", 200);

    assertThat(foundBy("email", "new-" + name + "@example.org")).containsExactly(id);
    reindex();

    assertThat(foundBy("email", "new-" + name + "@example.org")).containsExactly(id);
    assertThat(foundBy("email", name + "-0@example.org")).isEmpty();
  }

  @Test
  void anImportThatRunsAllTheWhileIsCountedOnce() throws Exception {
    String name = "while-" + UUID.randomUUID();
    List<String> purchases = purchases(name, 900);
    begin();
    long accepted = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Long>> imports = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        imports.add(threads.submit(() -> countAccepted(purchases)));
      }
      threads.submit(IndexRotationIT::reindex).get();
      for (Future<Long> one : imports) {
        accepted += one.get();
      }
    }
    assertThat(accepted).isEqualTo(900);
    take(purchases, "duplicate");
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(
                        transactions.<Long>call(
                            c -> Sql.number(c, "SELECT count(*) FROM purchase_pending")))
                    .isZero());
  }

  @Test
  void onlyWhoseKeyIsDestroyedLoseTheirTags() {
    String name = "gone-" + UUID.randomUUID();
    List<UUID> ids = create(name, 3).stream().map(UUID::fromString).toList();
    destroyKeyOf(ids.get(0));
    // As with a key database that was set back: the key is not there, and nobody destroyed it.
    update("UPDATE customer SET key_id = gen_random_uuid() WHERE id = ?", ids.get(1));
    begin();

    Map<String, Integer> left = reindex();

    assertThat(left).containsEntry("customer_external_id", 1).containsEntry("customer_email", 2);
    assertThat(tagsOf(ids.get(0))).isZero();
    assertThat(tagsOf(ids.get(1))).isEqualTo(3);
    assertThat(foundBy("externalId", name + "-2")).containsExactly(ids.get(2).toString());
    update("DELETE FROM customer WHERE id = ?", ids.get(1));
    assertThat(reindex().values()).containsOnly(0);
  }

  private void destroyKeyOf(UUID customer) {
    List<String> key =
        transactions.call(
            c ->
                Sql.query(
                    c,
                    "SELECT key_id FROM customer WHERE id = ?",
                    row -> row.getString(1),
                    customer));
    TestParts parts = TestParts.get();
    given()
        .baseUri(parts.keyService().url())
        .auth()
        .oauth2(parts.keycloak().serviceToken("customer-service"))
        .contentType(ContentType.JSON)
        .body(Map.of("kind", "subject", "mode", "sever", "ids", key))
        .post("/v1/keys/destroy")
        .then()
        .statusCode(200);
  }

  private long tagsOf(UUID customer) {
    return transactions.call(
        c ->
            Sql.number(
                c,
                """
                SELECT (SELECT count(*) FROM customer_external_id WHERE customer_id = ?)
                    + (SELECT count(*) FROM customer_email WHERE customer_id = ?)
                """,
                customer,
                customer));
  }

  private void update(String sql, UUID customer) {
    transactions.run(c -> Sql.update(c, sql, customer));
  }

  @Test
  void anOfficerSeesHowFarItIs() {
    create("seen-" + UUID.randomUUID(), 3);
    String id = rotate().statusCode(202).extract().path("id");

    reindex();

    keyService()
        .get("/v1/rotations/" + id)
        .then()
        .statusCode(200)
        .body("state", equalTo("done"))
        .body("step", equalTo("retag"))
        .body("done", greaterThan(Shards.COUNT - 1));
  }

  @Test
  void withoutARotationThereIsNothingToDo() {
    assertThat(reindex()).isEmpty();
  }

  private int begin() {
    return rotate().statusCode(202).extract().path("version");
  }

  private static ValidatableResponse rotate() {
    return keyService()
        .body(Map.of("kind", "dataset", "purpose", "index", "force", true))
        .post("/v1/rotations")
        .then();
  }

  /** As a security officer through this service. */
  private static RequestSpecification keyService() {
    TestParts parts = TestParts.get();
    String token =
        parts
            .keycloak()
            .exchangedToken(
                "customer-service",
                parts.keycloak().userToken("security-officer"),
                "keyvault-service");
    return given()
        .baseUri(parts.keyService().url())
        .auth()
        .oauth2(token)
        .contentType(ContentType.JSON);
  }

  /** Those that are kept for the marks of whoever was erased, and this one. */
  private List<Integer> versionsAnd(int version) {
    return Stream.concat(
            transactions.call(versions::kept).stream().map(KeyRef::version), Stream.of(version))
        .distinct()
        .sorted()
        .toList();
  }

  private static List<Integer> liveVersions() {
    TestParts parts = TestParts.get();
    return given()
        .baseUri(parts.keyService().url())
        .auth()
        .oauth2(parts.keycloak().serviceToken("customer-service"))
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/v1/dataset-keys/index/unwrap")
        .then()
        .statusCode(200)
        .extract()
        .path("keys.version");
  }

  private static Map<String, Integer> reindex() {
    return as("security-officer")
        .post("/v1/maintenance/reindex")
        .then()
        .statusCode(200)
        .extract()
        .path("$");
  }

  private void assertAllUnder(int version) {
    String column = Versions.column(version);
    String other = Versions.column(version + 1);
    for (String table : TABLES) {
      long others =
          transactions.call(
              c ->
                  Sql.number(
                      c,
                      """
                      SELECT count(*) FROM %s
                      WHERE version_%s IS DISTINCT FROM %d OR tag_%s IS NOT NULL
                      """
                          .formatted(table, column, version, other)));
      assertThat(others).as(table).isZero();
    }
  }

  private static List<String> create(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> profile(name + "-" + i, name + "-" + i + "@example.org", 201))
        .toList();
  }

  private static String profile(String externalId, String email, int status) {
    return as("data-steward")
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "externalId", externalId,
                "name", Map.of("given", "Ada"),
                "emails", List.of(email, "second." + email)))
        .post("/v1/customers")
        .then()
        .statusCode(status)
        .extract()
        .path("id");
  }

  private static String createWithPhone(String phone) {
    return as("data-steward")
        .contentType(ContentType.JSON)
        .body(Map.of("name", Map.of("given", "P"), "phones", List.of(phone)))
        .post("/v1/customers")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static void assertFound(String name, List<String> ids) {
    for (int i = 0; i < ids.size(); i++) {
      String who = name + "-" + i;
      assertThat(foundBy("externalId", who)).containsExactly(ids.get(i));
      assertThat(foundBy("email", who + "@example.org")).containsExactly(ids.get(i));
      assertThat(foundBy("email", "second." + who + "@example.org")).containsExactly(ids.get(i));
    }
  }

  /** The same external ids are the same customers. */
  private static void assertKnown(String name, List<String> ids) {
    for (int i = 0; i < ids.size(); i++) {
      String who = name + "-" + i;
      assertThat(profile(who, who + "@example.org", 200)).isEqualTo(ids.get(i));
    }
  }

  private static List<String> foundBy(String what, String value) {
    return as("privacy-officer")
        .contentType(ContentType.JSON)
        .body(Map.of(what, value))
        .post("/v1/customers/search")
        .then()
        .statusCode(200)
        .extract()
        .path("customers.id");
  }

  /** Every other buyer is a customer of that name, the others are anonymous. */
  private static List<String> purchases(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                """
                {"eventId":"%1$s-e%2$d","externalId":"%1$s-%3$s","day":"2019-01-0%4$d",\
                "lines":[{"product":"P%4$d","units":1,"amount":"1.99"}]}"""
                    .formatted(name, i, i % 2 == 0 ? i : "anonymous-" + i, 1 + i % 9))
        .toList();
  }

  private static void take(List<String> purchases, String status) {
    assertThat(imported(purchases).subList(0, purchases.size()))
        .allMatch(answer -> answer.contains("\"status\":\"" + status + "\""));
  }

  private static long countAccepted(List<String> purchases) {
    return IntStream.range(0, purchases.size() / 30)
        .mapToLong(
            i ->
                imported(purchases.subList(30 * i, 30 * i + 30)).stream()
                    .filter(answer -> answer.contains("\"status\":\"accepted\""))
                    .count())
        .sum();
  }

  private static List<String> imported(List<String> rows) {
    return given()
        .auth()
        .oauth2(TestParts.get().keycloak().serviceToken("ingest"))
        .contentType("application/x-ndjson")
        .body(String.join("\n", rows).getBytes(StandardCharsets.UTF_8))
        .post("/v1/purchases/imports")
        .then()
        .statusCode(200)
        .extract()
        .asString()
        .lines()
        .collect(Collectors.toList());
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestParts.get().keycloak().userToken(role));
  }
}
