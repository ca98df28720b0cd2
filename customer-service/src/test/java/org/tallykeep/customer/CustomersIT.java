package org.tallykeep.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.customer.purchaser.Buyer;
import org.tallykeep.customer.purchaser.Purchasers;
import org.tallykeep.local.parts.TestParts;

/** Customers over HTTP, with a real database, key service and issuer. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class CustomersIT {

  @Inject Purchasers purchasers;
  @Inject Transactions transactions;

  @Test
  void aNewCustomerIsShownMasked() {
    String id = create("ada@example.org", "m-1");

    as("marketer")
        .get("/v1/customers/" + id)
        .then()
        .statusCode(200)
        .header("ETag", equalTo("\"1-masked\""))
        .body("name.given", equalTo("A•••"))
        .body("name.family", equalTo("S•••"))
        .body("birthYear", equalTo(1980))
        .body("birthDate", nullValue())
        .body("externalIds", nullValue())
        .body("emails", contains("a•••@example.org"))
        .body("phones", contains("•••43"))
        .body("addresses[0].town", equalTo("Springfield"))
        .body("addresses[0].street", nullValue())
        .body("revealed", empty());
    as("marketer")
        .header("If-None-Match", "\"1-masked\"")
        .get("/v1/customers/" + id)
        .then()
        .statusCode(304);
  }

  @Test
  void aDataStewardWhoSaysWhySeesAllInTheClear() {
    String id = create("bea@example.org", "m-2");

    as("data-steward")
        .header("Purpose", "complaint 4711")
        .get("/v1/customers/" + id + "?reveal=identity,contact")
        .then()
        .statusCode(200)
        .body("name.given", equalTo("Ada"))
        .body("birthDate", equalTo("1980-02-03"))
        .body("externalIds", contains("m-2"))
        .body("emails", contains("bea@example.org"))
        .body("phones", contains("+12025550143"))
        .body("addresses[0].street", equalTo("1 Elm St"))
        .body("revealed", contains("identity", "contact"));
  }

  @Test
  void aCampaignManagerSeesContactsAndNoIdentity() {
    String id = create("cora@example.org", "m-3");
    RequestSpecification manager = as("campaign-manager").header("Purpose", "call back");

    manager
        .get("/v1/customers/" + id + "?reveal=contact")
        .then()
        .statusCode(200)
        .body("emails", contains("cora@example.org"))
        .body("name.given", equalTo("A•••"));
    as("campaign-manager")
        .header("Purpose", "call back")
        .get("/v1/customers/" + id + "?reveal=identity")
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:tallykeep:problem:reveal-not-allowed"));
  }

  @Test
  void aRevealWithoutAReasonOrAPermissionIsRefused() {
    String id = create("dora@example.org", "m-4");

    as("data-steward")
        .get("/v1/customers/" + id + "?reveal=identity")
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:tallykeep:problem:purpose-missing"));
    for (String role : List.of("marketer", "privacy-officer", "security-officer")) {
      as(role)
          .header("Purpose", "curious")
          .get("/v1/customers/" + id + "?reveal=contact")
          .then()
          .statusCode(403);
    }
  }

  @Test
  void nobodyComesInWithoutAGoodToken() {
    given().get("/v1/customers/" + UUID.randomUUID()).then().statusCode(401);
    given()
        .auth()
        .oauth2(TestParts.get().keycloak().foreignAudienceToken("marketer"))
        .get("/v1/customers/" + UUID.randomUUID())
        .then()
        .statusCode(401);
    as("marketer")
        .contentType("application/json")
        .body(profile("x@example.org", "m-5"))
        .post("/v1/customers")
        .then()
        .statusCode(403);
    as("marketer").get("/v1/customers/" + UUID.randomUUID()).then().statusCode(404);
  }

  @Test
  void theSameExternalIdIsTheSameCustomer() {
    String id = create("erna@example.org", "m-6");

    String again =
        as("data-steward")
            .contentType("application/json")
            .body(profile("erna@example.org", "m-6"))
            .post("/v1/customers")
            .then()
            .statusCode(200)
            .extract()
            .path("id");
    as("data-steward")
        .contentType("application/json")
        .body(profile("erna.new@example.org", "m-6"))
        .post("/v1/customers")
        .then()
        .statusCode(200)
        .body("id", equalTo(id));

    assertThat(again).isEqualTo(id);
    as("marketer").get("/v1/customers/" + id).then().header("ETag", equalTo("\"2-masked\""));
    search("{\"email\":\"erna@example.org\"}").then().body("customers", empty());
    search("{\"email\":\"ERNA.new@Example.org\"}").then().body("customers.id", contains(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"email\":\"%s@example.org\"}",
        "{\"externalId\":\"%s\"}",
      })
  void aCustomerIsFoundByWhatIsKnownOfThem(String search) {
    String name = "find-" + search.length();
    String id = create(name + "@example.org", name);

    search(search.formatted(name))
        .then()
        .statusCode(200)
        .body("customers.id", contains(id))
        .body("customers[0].name.given", equalTo("A•••"));
  }

  @Test
  void everyoneWithTheSamePhoneIsFound() {
    List<String> ids =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    as("data-steward")
                        .contentType("application/json")
                        .body("{\"name\":{\"given\":\"P\"},\"phones\":[\"+442079460018\"]}")
                        .post("/v1/customers")
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("id"))
            .toList();

    search("{\"phone\":\"+44 20 7946 0018\"}")
        .then()
        .body("customers.id", containsInAnyOrder(ids.toArray()));
  }

  @Test
  void aFieldAtFaultIsNamedAndItsValueIsNot() {
    as("data-steward")
        .contentType("application/json")
        .body("{\"name\":{\"given\":\"A\"},\"emails\":[\"secret-nowhere\"]}")
        .post("/v1/customers")
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:tallykeep:problem:profile-refused"))
        .body("code", equalTo("invalid-email"))
        .body("field", equalTo("emails[0]"))
        .body("detail", equalTo("not an e-mail address"));
    as("data-steward")
        .contentType("application/json")
        .body("{\"nmae\":{}}")
        .post("/v1/customers")
        .then()
        .statusCode(400)
        .body("field", equalTo("nmae"));
  }

  @Test
  void anImportAnswersEveryRow() {
    String body =
        String.join(
            "\n",
            profile("i1@example.org", "i-1"),
            profile("i2@example.org", "i-2"),
            "{\"name\":{\"given\":\"4111 1111 1111 1111\"}}",
            profile("i1@example.org", "i-1"),
            profile("i1.new@example.org", "i-1"),
            "no json");

    List<String> answers = importAs("ingest", body);

    assertThat(answers.get(0)).contains("\"line\":1", "\"status\":\"created\"");
    assertThat(answers.get(1)).contains("\"status\":\"created\"");
    assertThat(answers.get(2)).contains("\"refused\"", "card-number", "name.given");
    assertThat(answers.get(3)).contains("\"status\":\"duplicate\"");
    assertThat(answers.get(4)).contains("\"status\":\"accepted\"");
    assertThat(answers.get(5)).contains("\"refused\"", "malformed-json");
    assertThat(answers.get(6)).contains("\"rows\":6");
  }

  @Test
  void theTablesShowNoValue() {
    create("very.visible@example.org", "visible-external-id");

    List<String> rows =
        transactions.call(
            c -> {
              List<String> all = new ArrayList<>();
              for (String table :
                  List.of("customer", "customer_link", "customer_external_id", "customer_email")) {
                all.addAll(
                    Sql.query(
                        c, "SELECT t::text FROM %s t".formatted(table), row -> row.getString(1)));
              }
              return all;
            });

    assertThat(rows).isNotEmpty();
    for (String value : List.of("Springfield", "visible", "Stone", "2025550143")) {
      String hex =
          java.util.HexFormat.of()
              .formatHex(value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(rows).noneMatch(row -> row.contains(value) || row.contains(hex));
    }
  }

  @Test
  void jobsRunOnDemandForAnOfficerAlone() {
    create("job@example.org", "m-7");

    job("security-officer", "refill-pool").then().statusCode(200).body("free", notNullValue());
    job("security-officer", "mix").then().statusCode(200).body("mixed", notNullValue());
    job("security-officer", "rewrite")
        .then()
        .statusCode(200)
        .body("customers", notNullValue())
        .body("purchasers", notNullValue())
        .body("keys", notNullValue());
    job("security-officer", "nothing").then().statusCode(404);
    job("data-steward", "mix").then().statusCode(403);
    long waiting = transactions.call(c -> Sql.number(c, "SELECT count(*) FROM customer_to_mix"));
    assertThat(waiting).isZero();
    search("{\"externalId\":\"m-7\"}").then().body("customers", hasSize(1));
  }

  @Test
  void theBestCustomersAreShownMaskedAndAnonymousBuyersAreLeftOut() {
    List<String> ids =
        IntStream.range(0, 4).mapToObj(i -> create("top" + i + "@example.org", "t-" + i)).toList();
    List<UUID> best =
        new ArrayList<>(purchasersOf("anonymous-1", "t-2", "t-0", "anonymous-2", "t-3"));
    StandInAnalytics.best(best);

    as("marketer")
        .contentType("application/json")
        .body("{\"top\":2,\"horizonDays\":30,\"orderBy\":\"expected\"}")
        .post("/v1/predictions")
        .then()
        .statusCode(200)
        .body("asOf", equalTo("2026-01-31"))
        .body("predictions.customer.id", contains(ids.get(2), ids.get(0)))
        .body("predictions[0].customer.name.given", equalTo("A•••"))
        .body("predictions[0].expected", equalTo(4.5f))
        .body("predictions[0].eligible", equalTo(true));
  }

  @Test
  void predictionsOfNamedCustomersAreAskedForByPseudonym() {
    List<String> ids =
        IntStream.range(0, 2).mapToObj(i -> create("pre" + i + "@example.org", "p-" + i)).toList();
    List<UUID> theirs = new ArrayList<>(purchasersOf("p-0"));
    StandInAnalytics.best(theirs);

    as("marketer")
        .contentType("application/json")
        .body(
            "{\"customers\":[\"%s\",\"%s\"],\"horizonDays\":30}".formatted(ids.get(1), ids.get(0)))
        .post("/v1/predictions")
        .then()
        .statusCode(200)
        .body("predictions.customer.id", contains(ids.get(1), ids.get(0)))
        .body("predictions[0].eligible", equalTo(false))
        .body("predictions[0].reason", equalTo("no-purchases"))
        .body("predictions[1].expected", equalTo(1.5f));
    assertThat(StandInAnalytics.lastRequest()).startsWith("Bearer ").doesNotContain(ids);
    as("marketer")
        .contentType("application/json")
        .body("{\"top\":2,\"customers\":[]}")
        .post("/v1/predictions")
        .then()
        .statusCode(422);
  }

  @Test
  void aBulkOfProfilesWithSharedNumbersIsTakenWhole() {
    List<String> rows =
        new ArrayList<>(
            IntStream.range(0, 1500)
                .mapToObj(i -> profile("bulk" + i + "@example.org", "bulk-" + i))
                .toList());
    Collections.shuffle(rows, new java.util.Random(7));

    List<String> answers = importAs("ingest", String.join("\n", rows));

    assertThat(answers).hasSize(1501);
    assertThat(answers.subList(0, 1500)).allMatch(a -> a.contains("\"status\":\"created\""));
    assertThat(
            purchasersOf(
                Stream.iterate(0, i -> i + 1)
                    .limit(1500)
                    .map(i -> "bulk-" + i)
                    .toArray(String[]::new)))
        .doesNotHaveDuplicates();
  }

  private String create(String email, String externalId) {
    return as("data-steward")
        .contentType("application/json")
        .body(profile(email, externalId))
        .post("/v1/customers")
        .then()
        .statusCode(201)
        .header("Location", notNullValue())
        .extract()
        .path("id");
  }

  private static String profile(String email, String externalId) {
    return """
        {"externalId":"%s","name":{"given":"Ada","family":"Stone"},"birthDate":"1980-02-03",\
        "emails":["%s"],"phones":["+12025550143"],\
        "addresses":[{"street":"1 Elm St","postalCode":"20001","town":"Springfield","country":"US"}],\
        "locale":"en-US"}"""
        .formatted(externalId, email);
  }

  private List<String> importAs(String client, String body) {
    return given()
        .auth()
        .oauth2(TestParts.get().keycloak().serviceToken(client))
        .contentType("application/x-ndjson")
        .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .post("/v1/customers/imports")
        .then()
        .statusCode(200)
        .extract()
        .asString()
        .lines()
        .collect(Collectors.toList());
  }

  private static Response search(String body) {
    return as("privacy-officer")
        .contentType("application/json")
        .body(body)
        .post("/v1/customers/search");
  }

  private static Response job(String role, String name) {
    return as(role).post("/v1/maintenance/" + name);
  }

  private List<UUID> purchasersOf(String... externalIds) {
    List<Buyer> buyers = Stream.of(externalIds).<Buyer>map(Buyer.ByExternalId::new).toList();
    return purchasers.resolve(buyers).stream().map(Optional::orElseThrow).toList();
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestParts.get().keycloak().userToken(role));
  }
}
