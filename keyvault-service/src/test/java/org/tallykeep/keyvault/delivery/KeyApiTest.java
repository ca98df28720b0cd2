package org.tallykeep.keyvault.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.keyvault.fixture.WithLocalRoot;

@QuarkusTest
@TestProfile(WithLocalRoot.class)
class KeyApiTest {

  @Test
  void purposeKeysAreTheSameAtCreationAndWhenUnwrapped() {
    Map<String, Object> created =
        create("subject", 1, "identity", "contact", "link", "mask").getFirst();
    for (String purpose : List.of("link", "mask")) {
      String key =
          unwrap(asCustomerService(), purpose, List.of(name(created)), Map.of())
              .statusCode(200)
              .extract()
              .path("keys[0].key");
      assertThat(key).isEqualTo(purposeKey(created, purpose)).hasSize(44);
    }
  }

  @Test
  void aThousandKeysAreMadeAndUnwrappedInTheOrderAskedFor() {
    List<Map<String, Object>> created = create("subject", 1_000, "link");
    Collections.shuffle(created, new java.util.Random(3));
    List<String> keys =
        unwrap(
                asCustomerService(),
                "link",
                created.stream().map(KeyApiTest::name).toList(),
                Map.of())
            .statusCode(200)
            .extract()
            .path("keys.key");
    List<String> expected = created.stream().map(k -> purposeKey(k, "link")).toList();
    assertThat(keys).isEqualTo(expected);
  }

  @Test
  void moreThanAThousandAreRefused() {
    List<Map<String, Object>> names =
        IntStream.range(0, 1_001).mapToObj(i -> name(UUID.randomUUID())).toList();
    problem(unwrap(asCustomerService(), "link", names, Map.of()), 400, "batch-too-large");
    problem(
        post(
            asCustomerService(),
            "/v1/keys",
            Map.of("kind", "subject", "count", 1_001, "purposes", List.of("link"))),
        400,
        "batch-too-large");
  }

  @Test
  void anUnknownKeyIsNullAndTheOthersOfItsBatchAreNot() {
    Map<String, Object> known = name(create("subject", 1, "link").getFirst());
    unwrap(asCustomerService(), "link", List.of(name(UUID.randomUUID()), known), Map.of())
        .statusCode(200)
        .body("keys[0].key", nullValue())
        .body("keys[0]", org.hamcrest.Matchers.hasKey("key"))
        .body("keys[1].key", notNullValue());
  }

  @Test
  void keysAreNotToBeStored() {
    post(
            asCustomerService(),
            "/v1/keys",
            Map.of("kind", "subject", "count", 1, "purposes", List.of("link")))
        .statusCode(201)
        .header("Cache-Control", containsString("no-store"));
  }

  @Test
  void pseudonymKeysOpenUnderTheMixersGrantOnly() {
    List<Map<String, Object>> names =
        List.of(name(create("pseudonym", 1, "reidentify").getFirst()));
    unwrap(asCustomerService(), "reidentify", names, Map.of("grant", "mixer"))
        .statusCode(200)
        .body("keys.key", everyItem(notNullValue()));
    problem(unwrap(asCustomerService(), "reidentify", names, Map.of()), 403, "purpose-not-allowed");
    problem(
        unwrap(asCustomerService(), "reidentify", names, Map.of("grant", "ingest")),
        403,
        "purpose-not-allowed");
    problem(
        unwrap(asCustomerService(), "link", names, Map.of("grant", "mixer")),
        403,
        "purpose-not-allowed");
  }

  @Test
  void aDataStewardReadsIdentityAndContactOfASubject() {
    List<Map<String, Object>> names = List.of(name(create("subject", 1, "link").getFirst()));
    for (String purpose : List.of("identity", "contact")) {
      unwrap(asPerson("data-steward"), purpose, names, Map.of("caseId", "T-17"))
          .statusCode(200)
          .body("keys", hasSize(1))
          .body("keys[0].key", notNullValue());
    }
  }

  @Test
  void aPurposeOfADatasetIsNotForTheseKeys() {
    problem(
        unwrap(asCustomerService(), "ledger", List.of(name(UUID.randomUUID())), Map.of()),
        422,
        "unprocessable-request");
    problem(
        post(
            asCustomerService(),
            "/v1/keys",
            Map.of("kind", "subject", "count", 1, "purposes", List.of("reidentify"))),
        422,
        "unprocessable-request");
    problem(
        post(
            asCustomerService(),
            "/v1/keys",
            Map.of("kind", "dataset", "count", 1, "purposes", List.of("ledger"))),
        422,
        "unprocessable-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{}",
        "{\"purpose\":\"link\"}",
        "{\"purpose\":\"LINK\",\"keys\":[]}",
        "{\"purpose\":\"nothing\",\"keys\":[]}",
        "{\"purpose\":\"link\",\"keys\":[null]}",
        "{\"purpose\":\"link\",\"keys\":[{\"id\":\"x\",\"version\":1}]}",
        "{\"purpose\":\"link\",\"keys\":[{\"version\":1}]}",
        "{\"purpose\":\"link\",\"keys\":[{\"id\":\"6f9c1e2a-52a4-4f6e-9a54-0a5b1e6f2a11\"}]}"
      })
  void aMalformedRequestIsABadRequest(String body) {
    asCustomerService()
        .body(body)
        .post("/v1/keys/unwrap")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  private static List<Map<String, Object>> create(String kind, int count, String... purposes) {
    return new ArrayList<>(
        post(
                asCustomerService(),
                "/v1/keys",
                Map.of("kind", kind, "count", count, "purposes", List.of(purposes)))
            .statusCode(201)
            .body("keys", hasSize(count))
            .extract()
            .<List<Map<String, Object>>>path("keys"));
  }

  @SuppressWarnings("unchecked") // What the JSON parser made of an object of strings.
  private static String purposeKey(Map<String, Object> created, String purpose) {
    Map<String, String> keys =
        (Map<String, String>) java.util.Objects.requireNonNull(created.get("purposeKeys"));
    return java.util.Objects.requireNonNull(keys.get(purpose));
  }

  private static ValidatableResponse unwrap(
      RequestSpecification caller,
      String purpose,
      List<Map<String, Object>> names,
      Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("purpose", purpose);
    body.put("keys", names);
    return post(caller, "/v1/keys/unwrap", body);
  }

  private static Map<String, Object> name(Map<String, Object> created) {
    return Map.of("id", created.get("id"), "version", created.get("version"));
  }

  private static Map<String, Object> name(UUID id) {
    return Map.of("id", id.toString(), "version", 1);
  }

  private static ValidatableResponse post(RequestSpecification caller, String path, Object body) {
    return caller.body(body).post(path).then();
  }

  private static void problem(ValidatableResponse response, int status, String name) {
    response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:tallykeep:problem:" + name));
  }
}
