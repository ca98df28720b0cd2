package org.tallykeep.keyvault.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.tallykeep.keyvault.fixture.KeyCalls.create;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrap;
import static org.tallykeep.keyvault.fixture.Tokens.asAnalyticsService;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.NotGenuine;
import org.tallykeep.evidence.Receipt;
import org.tallykeep.evidence.SigningKeys;
import org.tallykeep.evidence.Statement;
import org.tallykeep.keyvault.fixture.WithVault;
import org.tallykeep.keyvault.platform.Database;

/** Destroying keys, with the ledger and the signing key in the real Vault. */
@QuarkusTest
@TestProfile(WithVault.class)
class ErasureApiTest {

  @Inject Database database;
  @Inject Overwriting overwriting;

  @Test
  void destroyedKeysOpenNothingAndOthersStay() {
    List<Map<String, Object>> keys = create("subject", 5, false);
    destroy("subject", "sever", keys.subList(0, 3)).statusCode(200);

    for (String purpose : List.of("link", "mask")) {
      unwrap(asCustomerService(), purpose, keys.subList(0, 3))
          .statusCode(200)
          .body("keys.key", everyItem(nullValue()));
      unwrap(asCustomerService(), purpose, keys.subList(3, 5))
          .statusCode(200)
          .body("keys.key", everyItem(notNullValue()));
    }
  }

  @Test
  void theReceiptIsCheckedWithThePublicKeysAlone() {
    List<Map<String, Object>> keys = create("pseudonym", 2, false);
    String signed = destroy("pseudonym", "purge", keys).statusCode(200).extract().path("receipt");
    SigningKeys published = published();
    Receipt receipt = Statement.RECEIPT.verified(signed, published);

    assertThat(receipt.kind()).isEqualTo(LedgerEntry.Kind.PSEUDONYM);
    assertThat(receipt.keys())
        .hasSize(2)
        .allMatch(key -> key.mode() == LedgerEntry.Mode.PURGE)
        .allMatch(key -> key.position() == receipt.ledgerPosition());
    assertThat(receipt.ledgerHead()).matches("[0-9a-f]{64}");
    keys.forEach(key -> assertThat(signed).doesNotContain(String.valueOf(key.get("id"))));

    IntStream.range(0, signed.length())
        .forEach(
            i -> {
              char other = signed.charAt(i) == 'A' ? 'B' : 'A';
              String changed = signed.substring(0, i) + other + signed.substring(i + 1);
              assertThatThrownBy(() -> Statement.RECEIPT.verified(changed, published))
                  .isInstanceOf(NotGenuine.class);
            });
  }

  @Test
  void askedAgainItAnswersForTheSameDestruction() {
    List<Map<String, Object>> keys = create("subject", 2, false);
    Receipt first = receipt(destroy("subject", "sever", keys));
    Receipt second = receipt(destroy("subject", "purge", keys));
    assertThat(second.keys()).isEqualTo(first.keys());
  }

  @Test
  void aKeyThatNeverWasMayBeDestroyedToo() {
    List<Map<String, Object>> nobody =
        List.of(Map.of("id", java.util.UUID.randomUUID().toString(), "version", 1));
    assertThat(receipt(destroy("subject", "sever", nobody)).keys()).hasSize(1);
  }

  @Test
  void aServiceThatWasSetBackLearnsWhichKeysAreGoneAndHow() {
    List<Map<String, Object>> keys = create("subject", 4, false);
    destroy("subject", "sever", keys.subList(0, 1)).statusCode(200);
    destroy("subject", "purge", keys.subList(1, 2)).statusCode(200);
    asCustomerService()
        .body(Map.of("kind", "subject", "ids", ids(keys)))
        .post("/v1/revocations/match")
        .then()
        .statusCode(200)
        .body("revoked.id", containsInAnyOrder(keys.get(0).get("id"), keys.get(1).get("id")))
        .body("revoked.mode", containsInAnyOrder("sever", "purge"))
        .body("revoked.position", everyItem(notNullValue()));
    asCustomerService()
        .body(Map.of("kind", "pseudonym", "ids", ids(keys)))
        .post("/v1/revocations/match")
        .then()
        .body("revoked", empty());
  }

  @Test
  void rowsThatAreSetBackUnderTheRunningServiceOpenNothing() {
    List<Map<String, Object>> keys = create("subject", 3, false);
    execute("CREATE TABLE backup AS SELECT * FROM subject_key");
    destroy("subject", "sever", keys.subList(0, 2)).statusCode(200);
    execute("TRUNCATE subject_key");
    execute("INSERT INTO subject_key SELECT * FROM backup");

    unwrap(asCustomerService(), "link", keys)
        .statusCode(200)
        .body("keys[0].key", nullValue())
        .body("keys[1].key", nullValue())
        .body("keys[2].key", notNullValue());
    assertThat(overwriting.overwriteAll()).isEqualTo(2);
    assertThat(overwriting.overwriteAll()).isZero();
    execute("DROP TABLE backup");
  }

  @Test
  void aDestroyedRowLooksLikeAnyOther() {
    List<Map<String, Object>> keys = create("subject", 1, false);
    String before = wrapped(keys.getFirst());
    destroy("subject", "sever", keys).statusCode(200);
    String after = wrapped(keys.getFirst());
    assertThat(after).hasSameSizeAs(before).isNotEqualTo(before);
    assertThat(
            query(
                "SELECT count(*) FROM information_schema.columns WHERE table_name = 'subject_key'"))
        .isEqualTo("5");
  }

  @Test
  void destroyedDecoysAreCountedNoLonger() {
    List<Map<String, Object>> decoys = create("subject", 2, true);
    int before = asCustomerService().get("/v1/keys/decoys").then().extract().path("subjects");
    destroy("subject", "sever", decoys).statusCode(200);
    destroy("subject", "sever", decoys).statusCode(200);
    asCustomerService().get("/v1/keys/decoys").then().body("subjects", equalTo(before - 2));
  }

  @Test
  void nobodyElseDestroysOrAsks() {
    List<Map<String, Object>> keys = create("subject", 1, false);
    for (RequestSpecification caller :
        List.of(
            asAnalyticsService(),
            asPerson("data-steward"),
            asPerson("privacy-officer"),
            asPerson("security-officer"))) {
      caller.body(body("subject", "sever", keys)).post("/v1/keys/destroy").then().statusCode(403);
    }
    for (RequestSpecification caller : List.of(asAnalyticsService(), asPerson("privacy-officer"))) {
      caller
          .body(Map.of("kind", "subject", "ids", ids(keys)))
          .post("/v1/revocations/match")
          .then()
          .statusCode(403);
    }
    unwrap(asCustomerService(), "link", keys).body("keys.key", everyItem(notNullValue()));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    destroy("dataset", "sever", create("subject", 1, false)).statusCode(400);
    destroy("subject", "forget", create("subject", 1, false)).statusCode(400);
    destroy("subject", "sever", List.of()).statusCode(422);
    List<Map<String, Object>> many =
        java.util.stream.Stream.generate(
                () -> Map.<String, Object>of("id", java.util.UUID.randomUUID().toString()))
            .limit(1_001)
            .toList();
    destroy("subject", "sever", many).statusCode(400);
  }

  @Test
  void itIsWrittenDown() {
    List<Map<String, Object>> keys = create("subject", 2, false);
    destroy("subject", "sever", keys).statusCode(200);
    asPerson("security-officer")
        .get("/v1/audit?action=destroy&key=" + keys.getFirst().get("id"))
        .then()
        .statusCode(200)
        .body("entries", hasSize(1))
        .body("entries[0].caseId", equalTo("DSR-1"))
        .body("entries[0].keys", hasSize(2));
  }

  private static ValidatableResponse destroy(
      String kind, String mode, List<Map<String, Object>> keys) {
    return asCustomerService().body(body(kind, mode, keys)).post("/v1/keys/destroy").then();
  }

  private static Map<String, Object> body(
      String kind, String mode, List<Map<String, Object>> keys) {
    return Map.of("kind", kind, "mode", mode, "ids", ids(keys), "caseId", "DSR-1");
  }

  private static List<String> ids(List<Map<String, Object>> keys) {
    return keys.stream().map(key -> String.valueOf(key.get("id"))).toList();
  }

  private static Receipt receipt(ValidatableResponse answer) {
    String signed = answer.statusCode(200).extract().path("receipt");
    return Statement.RECEIPT.verified(signed, published());
  }

  private static SigningKeys published() {
    return SigningKeys.parse(RestAssured.get("/v1/signing-keys").then().extract().asString());
  }

  private String wrapped(Map<String, Object> key) {
    return query(
        "SELECT encode(wrapped, 'hex') FROM subject_key WHERE id = '%s'".formatted(key.get("id")));
  }

  private void execute(String sql) {
    database.statement(connection -> connection.createStatement().execute(sql));
  }

  private String query(String sql) {
    return database.statement(
        connection -> {
          try (var found = connection.createStatement().executeQuery(sql)) {
            found.next();
            return found.getString(1);
          }
        });
  }
}
