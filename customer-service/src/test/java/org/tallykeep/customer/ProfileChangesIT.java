package org.tallykeep.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.customer.platform.Sql;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.local.parts.TestParts;

/** Changes of customers, their attributes and their history over HTTP, on the real parts. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class ProfileChangesIT {

  private static final String MERGE_PATCH = "application/merge-patch+json";

  @Inject Transactions transactions;

  @BeforeEach
  void declareAttributes() {
    declare("clubNo", "{\"type\":\"text\",\"protection\":\"identity\",\"searchable\":true}");
    declare("doorCode", "{\"type\":\"number\",\"protection\":\"contact\"}");
    declare(
        "tier",
        "{\"type\":\"choice\",\"protection\":\"open\",\"segment\":true,\"choices\":[\"silver\",\"gold\"]}");
  }

  @Test
  void aReplacedProfileIsShownMaskedWithItsNewTag() {
    String id =
        create("{\"externalIds\":[\"changes-r-1\",\"changes-r-2\"],\"name\":{\"given\":\"Ada\"}}");

    put(
            id,
            "\"1-masked\"",
            "{\"externalIds\":[\"changes-r-2\",\"changes-r-3\"],\"name\":{\"given\":\"Eva\"}}")
        .statusCode(200)
        .header("ETag", equalTo("\"2-masked\""))
        .body("name.given", equalTo("E•••"))
        .body("externalIds", nullValue());

    revealed(id, "identity").body("externalIds", contains("changes-r-2", "changes-r-3"));
    search("{\"externalId\":\"changes-r-1\"}").body("customers", empty());
    search("{\"externalId\":\"changes-r-3\"}").body("customers.id", contains(id));
    put(
            id,
            "\"2-identity\"",
            "{\"externalIds\":[\"changes-r-2\",\"changes-r-3\"],\"name\":{\"given\":\"Eva\"}}")
        .statusCode(200)
        .header("ETag", equalTo("\"2-masked\""));
  }

  @Test
  void aPatchChangesWhatItNamesAndNothingElse() {
    String id =
        create(
            """
            {"externalId":"changes-p-1","name":{"given":"Ada","family":"Stone"},"birthDate":"1980-02-03",
             "emails":["p1@example.org"],"attributes":{"clubNo":"C 1","tier":"silver"}}
            """);

    patch(
            id,
            "*",
            "{\"birthDate\":null,\"name\":{\"family\":\"Flint\"},\"attributes\":{\"tier\":\"gold\"}}")
        .statusCode(200)
        .body("birthYear", nullValue())
        .body("attributes.tier", equalTo("gold"))
        .body("attributes.clubNo", nullValue());

    revealed(id, "identity,contact")
        .header("ETag", equalTo("\"2-contact+identity\""))
        .body("name.given", equalTo("Ada"))
        .body("name.family", equalTo("Flint"))
        .body("externalIds", contains("changes-p-1"))
        .body("emails", contains("p1@example.org"))
        .body("attributes.clubNo", equalTo("C 1"));
    patch(id, "\"2-contact+identity\"", "{\"attributes\":{\"clubNo\":null}}").statusCode(200);
    revealed(id, "identity").body("attributes.clubNo", nullValue());
    search("{\"attribute\":{\"name\":\"clubNo\",\"value\":\"C 1\"}}").body("customers", empty());
  }

  @Test
  void withoutTheRevisionThatWasReadNothingIsChanged() {
    String id = create("{\"name\":{\"given\":\"Ada\"}}");
    String eva = "{\"name\":{\"given\":\"Eva\"}}";

    steward()
        .contentType("application/json")
        .body(eva)
        .put("/v1/customers/" + id)
        .then()
        .statusCode(428)
        .body("type", equalTo("urn:tallykeep:problem:precondition-required"));
    put(id, "\"7-masked\"", eva)
        .statusCode(412)
        .body("type", equalTo("urn:tallykeep:problem:changed-since"));
    patch(id, "W/\"1-masked\"", eva).statusCode(412);
    put(UUID.randomUUID().toString(), "*", eva).statusCode(404);
    masked(id).header("ETag", equalTo("\"1-masked\""));
  }

  @Test
  void ofTwoWhoChangeTheSameRevisionOneIsTold() {
    String id = create("{\"name\":{\"given\":\"Ada\"}}");
    // Logged in one after the other: the issuer takes two at once for an attack.
    List<RequestSpecification> requests =
        Stream.of("Eva", "Ida")
            .map(
                name ->
                    steward()
                        .header("If-Match", "\"1-masked\"")
                        .contentType("application/json")
                        .body("{\"name\":{\"given\":\"%s\"}}".formatted(name)))
            .toList();
    List<CompletableFuture<Integer>> both =
        requests.stream()
            .map(
                request ->
                    CompletableFuture.supplyAsync(
                        () -> request.put("/v1/customers/" + id).statusCode()))
            .toList();

    assertThat(both.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(200, 412);
  }

  @ParameterizedTest
  @ValueSource(strings = {"marketer", "campaign-manager", "privacy-officer", "security-officer"})
  void onlyADataStewardChangesCustomersDeclaresAndReadsTheHistory(String role) {
    String id = create("{\"name\":{\"given\":\"Ada\"}}");
    RequestSpecification request = as(role).header("If-Match", "*").header("Purpose", "curious");

    request
        .contentType("application/json")
        .body("{\"name\":{\"given\":\"Eva\"}}")
        .put("/v1/customers/" + id)
        .then()
        .statusCode(403);
    as(role)
        .header("If-Match", "*")
        .contentType(MERGE_PATCH)
        .body("{}")
        .patch("/v1/customers/" + id)
        .then()
        .statusCode(403);
    as(role)
        .header("Purpose", "curious")
        .get("/v1/customers/" + id + "/changes")
        .then()
        .statusCode(403);
    as(role)
        .contentType("application/json")
        .body("{\"type\":\"text\",\"protection\":\"open\"}")
        .put("/v1/attributes/mine")
        .then()
        .statusCode(403);
    as(role).get("/v1/attributes").then().statusCode(200).body("attributes.name", hasItem("tier"));
  }

  @Test
  void whoMayNotSeeAnAttributeFindsNobodyByIt() {
    create("{\"name\":{\"given\":\"Ada\"},\"attributes\":{\"clubNo\":\"C 3\"}}");
    for (String role : List.of("campaign-manager", "privacy-officer")) {
      as(role)
          .contentType("application/json")
          .body("{\"attribute\":{\"name\":\"clubNo\",\"value\":\"C 3\"}}")
          .post("/v1/customers/search")
          .then()
          .statusCode(403)
          .body("type", equalTo("urn:tallykeep:problem:search-not-allowed"));
    }
  }

  @Test
  void aNumberWithAnAbsurdExponentIsRefused() {
    for (String number : List.of("1e99999999999", "1e-99999999999", "1e2147483647")) {
      post("{\"name\":{\"given\":\"Ada\"},\"attributes\":{\"doorCode\":" + number + "}}")
          .statusCode(422)
          .body("code", equalTo("too-long"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"emails\":[\"nowhere\"]}                      | 422 | invalid-email     | emails[0]",
        "{\"name\":null}                                 | 422 | missing           | name",
        "{\"attributes\":{\"tier\":\"bronze\"}}          | 422 | not-a-choice      | attributes.tier",
        "{\"attributes\":{\"shoeSize\":7}}               | 422 | unknown-attribute | attributes.shoeSize",
        "{\"attributes\":{\"clubNo\":\"4111111111111111\"}} | 422 | card-number    | attributes.clubNo",
        "{\"externalId\":\"a\",\"externalIds\":[\"b\"]}  | 422 | one-of-both       | externalIds",
        "{\"nmae\":null}                                 | 400 | unknown-field     | nmae",
        "{\"emails\":\"a@example.org\"}                  | 400 | wrong-type        | emails"
      })
  void aPatchAtFaultNamesItsField(String patch, int status, String code, String field) {
    String id = create("{\"name\":{\"given\":\"Ada\"}}");

    patch(id, "*", patch)
        .statusCode(status)
        .body("code", equalTo(code))
        .body("field", equalTo(field));
    patch(id, "*", "[]").statusCode(400).body("code", equalTo("malformed-json"));
    masked(id).header("ETag", equalTo("\"1-masked\""));
  }

  @Test
  void externalIdsOfOthersAreNotTaken() {
    create("{\"externalId\":\"changes-o-1\",\"name\":{\"given\":\"Ada\"}}");
    String id = create("{\"externalId\":\"changes-o-2\",\"name\":{\"given\":\"Eva\"}}");

    patch(id, "*", "{\"externalIds\":[\"changes-o-1\",\"changes-o-2\"]}")
        .statusCode(409)
        .body("type", equalTo("urn:tallykeep:problem:external-id-taken"));
    post("{\"externalIds\":[\"changes-o-1\",\"changes-o-2\"],\"name\":{\"given\":\"Ida\"}}")
        .statusCode(409)
        .body("type", equalTo("urn:tallykeep:problem:external-ids-of-several"));
    post("{\"externalIds\":[\"changes-o-2\",\"changes-o-3\"],\"name\":{\"given\":\"Ida\"}}")
        .statusCode(200)
        .body("id", equalTo(id));
    revealed(id, "identity").body("externalIds", contains("changes-o-2", "changes-o-3"));
    post("{\"externalId\":\"changes-o-3\",\"name\":{\"given\":\"Uta\"}}").statusCode(200);
    revealed(id, "identity").body("externalIds", contains("changes-o-2", "changes-o-3"));
  }

  @Test
  void attributesAreShownByTheirProtection() {
    String id =
        create(
            """
            {"name":{"given":"Ada"},"attributes":{"clubNo":"C 2","doorCode":12.50,"tier":"gold"}}
            """);

    masked(id)
        .body("attributes.tier", equalTo("gold"))
        .body("attributes.clubNo", nullValue())
        .body("attributes.doorCode", nullValue());
    revealed(id, "identity")
        .body("attributes.clubNo", equalTo("C 2"))
        .body("attributes.doorCode", nullValue());
    revealed(id, "contact")
        .body("attributes.doorCode", equalTo(12.5f))
        .body("attributes.clubNo", nullValue());
    search("{\"attribute\":{\"name\":\"clubNo\",\"value\":\" C 2\"}}")
        .body("customers.id", contains(id));
  }

  @Test
  void aSearchByWhatIsNotSearchableIsRefused() {
    for (String name : List.of("tier", "doorCode", "nothing")) {
      search("{\"attribute\":{\"name\":\"%s\",\"value\":\"gold\"}}".formatted(name))
          .statusCode(422)
          .body("code", equalTo("not-searchable"));
    }
    search("{\"attribute\":{\"name\":\"clubNo\"}}").statusCode(422);
    search("{\"email\":\"a@example.org\",\"attribute\":{\"name\":\"clubNo\",\"value\":\"a\"}}")
        .statusCode(422)
        .body("code", equalTo("one-criterion"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "size   | {\"type\":\"boolean\",\"protection\":\"open\",\"searchable\":true}     | too-few-values     | searchable",
        "size   | {\"type\":\"choice\",\"protection\":\"open\",\"searchable\":true,\"choices\":[\"a\"]} | too-few-values | searchable",
        "size   | {\"type\":\"date\",\"protection\":\"identity\",\"searchable\":true}   | too-few-values     | searchable",
        "size   | {\"type\":\"number\",\"protection\":\"contact\",\"searchable\":true}  | too-few-values     | searchable",
        "size   | {\"type\":\"text\",\"protection\":\"identity\",\"segment\":true}       | segment-not-open   | segment",
        "size   | {\"type\":\"choice\",\"protection\":\"open\"}                          | number-of-choices  | choices",
        "size   | {\"type\":\"choice\",\"protection\":\"open\",\"choices\":[\"a\",\"a\"]} | invalid-choice    | choices[1]",
        "size   | {\"type\":\"text\",\"protection\":\"open\",\"choices\":[\"a\"]}        | not-a-choice       | choices",
        "size   | {\"type\":\"colour\",\"protection\":\"open\"}                          | unknown-type       | type",
        "size   | {\"type\":\"text\",\"protection\":\"none\"}                            | unknown-protection | protection",
        "Size   | {\"type\":\"text\",\"protection\":\"open\"}                            | invalid-name       | name"
      })
  void aDeclarationAtFaultNamesItsField(String name, String json, String code, String field) {
    declaring(name, json)
        .statusCode(422)
        .body("type", equalTo("urn:tallykeep:problem:attribute-refused"))
        .body("code", equalTo(code))
        .body("field", equalTo(field));
  }

  @Test
  void aDeclarationStaysAsItIsButForMoreToChooseFrom() {
    String two = "{\"type\":\"choice\",\"protection\":\"open\",\"choices\":[\"a\",\"b\"]}";

    declaring("letters", two).statusCode(201).body("choices", contains("a", "b"));
    declaring("letters", two).statusCode(200);
    declaring("letters", two.replace("\"b\"", "\"b\",\"c\"")).statusCode(200);
    declaring("letters", two)
        .statusCode(409)
        .body("type", equalTo("urn:tallykeep:problem:attribute-declared-otherwise"));
    declaring("letters", "{\"type\":\"text\",\"protection\":\"open\"}").statusCode(409);
    post("{\"name\":{\"given\":\"Ada\"},\"attributes\":{\"letters\":\"c\"}}").statusCode(201);
  }

  @Test
  void theHistorySaysWhoWhenWhyAndWhatWasThere() {
    String id =
        create(
            """
            {"externalId":"changes-c-1","name":{"given":"Ada"},"emails":["c1@example.org"],
             "attributes":{"doorCode":7}}
            """);
    steward()
        .header("If-Match", "*")
        .header("Purpose", "call 4711")
        .contentType(MERGE_PATCH)
        .body("{\"name\":{\"given\":\"Eva\"},\"emails\":[],\"attributes\":{\"doorCode\":8}}")
        .patch("/v1/customers/" + id)
        .then()
        .statusCode(200);
    post("{\"externalId\":\"changes-c-1\",\"name\":{\"given\":\"Ida\"}}").statusCode(200);
    put(id, "*", "{\"name\":{\"given\":\"Uta\"}}").statusCode(200);

    String cursor =
        history(id, "?limit=2")
            .statusCode(200)
            .body("changes.revision", contains(4, 3))
            .body("changes[0].reason", equalTo("replace profile"))
            .body("changes[0].before.externalIds", contains("changes-c-1"))
            .body("changes[1].actor.kind", equalTo("import"))
            .extract()
            .path("nextCursor");
    history(id, "?limit=2&cursor=" + cursor)
        .statusCode(200)
        .body("nextCursor", nullValue())
        .body("changes.revision", contains(2))
        .body("changes[0].time", notNullValue())
        .body("changes[0].actor.kind", equalTo("person"))
        .body("changes[0].actor.name", notNullValue())
        .body("changes[0].reason", equalTo("call 4711"))
        .body(
            "changes[0].fields", containsInAnyOrder("name.given", "emails", "attributes.doorCode"))
        .body("changes[0].before.'name.given'", equalTo("Ada"))
        .body("changes[0].before.emails", contains("c1@example.org"))
        .body("changes[0].before.'attributes.doorCode'", equalTo(7));
  }

  @Test
  void theHistoryIsNotReadWithoutAReason() {
    String id = create("{\"name\":{\"given\":\"Ada\"}}");

    steward()
        .get("/v1/customers/" + id + "/changes")
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:tallykeep:problem:purpose-missing"));
    history(id, "").statusCode(200).body("changes", empty());
    history(id, "?limit=0").statusCode(400);
    history(id, "?cursor=x").statusCode(400);
    history(UUID.randomUUID().toString(), "").statusCode(404);
  }

  @Test
  void theTablesShowNoValue() {
    String id =
        create(
            "{\"externalIds\":[\"unseen-1\",\"unseen-2\"],\"name\":{\"given\":\"Unseen\"},"
                + "\"emails\":[\"unseen@example.org\"],\"attributes\":{\"clubNo\":\"unseen 3\"}}");
    put(id, "*", "{\"name\":{\"given\":\"Other\"}}").statusCode(200);

    List<String> rows = new ArrayList<>();
    for (String table :
        List.of("customer", "customer_change", "customer_attribute", "customer_external_id")) {
      rows.addAll(
          transactions.call(
              c ->
                  Sql.query(
                      c, "SELECT t::text FROM %s t".formatted(table), row -> row.getString(1))));
    }

    assertThat(rows).isNotEmpty();
    for (String value : List.of("unseen", "Unseen", "name.given", "replace profile")) {
      String hex = HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8));
      assertThat(rows).noneMatch(row -> row.contains(value) || row.contains(hex));
    }
  }

  @Test
  void theRewriteLeavesNothingOut() {
    String id = create("{\"name\":{\"given\":\"Ada\"},\"attributes\":{\"clubNo\":\"C 9\"}}");
    put(id, "*", "{\"name\":{\"given\":\"Eva\"},\"attributes\":{\"clubNo\":\"C 9\"}}")
        .statusCode(200);

    as("security-officer").post("/v1/maintenance/rewrite").then().statusCode(200);

    history(id, "").body("changes", hasSize(1));
    search("{\"attribute\":{\"name\":\"clubNo\",\"value\":\"C 9\"}}")
        .body("customers.id", contains(id));
  }

  private static void declare(String name, String json) {
    assertThat(declaring(name, json).extract().statusCode()).isBetween(200, 201);
  }

  private static ValidatableResponse declaring(String name, String json) {
    return steward()
        .contentType("application/json")
        .body(json)
        .put("/v1/attributes/" + name)
        .then();
  }

  private static String create(String json) {
    return post(json).statusCode(201).extract().path("id");
  }

  private static ValidatableResponse post(String json) {
    return steward().contentType("application/json").body(json).post("/v1/customers").then();
  }

  private static ValidatableResponse put(String id, String ifMatch, String json) {
    return steward()
        .header("If-Match", ifMatch)
        .contentType("application/json")
        .body(json)
        .put("/v1/customers/" + id)
        .then();
  }

  private static ValidatableResponse patch(String id, String ifMatch, String json) {
    return steward()
        .header("If-Match", ifMatch)
        .contentType(MERGE_PATCH)
        .body(json.getBytes(StandardCharsets.UTF_8))
        .patch("/v1/customers/" + id)
        .then();
  }

  private static ValidatableResponse masked(String id) {
    return as("marketer").get("/v1/customers/" + id).then().statusCode(200);
  }

  private static ValidatableResponse revealed(String id, String what) {
    Response response =
        steward().header("Purpose", "a test").get("/v1/customers/" + id + "?reveal=" + what);
    return response.then().statusCode(200);
  }

  private static ValidatableResponse history(String id, String query) {
    return steward()
        .header("Purpose", "a test")
        .get("/v1/customers/" + id + "/changes" + query)
        .then();
  }

  private static ValidatableResponse search(String json) {
    return steward().contentType("application/json").body(json).post("/v1/customers/search").then();
  }

  private static RequestSpecification steward() {
    return as("data-steward");
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestParts.get().keycloak().userToken(role));
  }
}
