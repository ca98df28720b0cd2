package org.tallykeep.keyvault.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.tallykeep.keyvault.fixture.KeyCalls.create;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrapOn;
import static org.tallykeep.keyvault.fixture.Tokens.asAnalyticsService;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.WithLocalRoot;
import org.tallykeep.keyvault.platform.Database;

@QuarkusTest
@TestProfile(WithLocalRoot.class)
class IndexRotationApiTest {

  private static final String VALUE = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";

  @Inject Database database;
  @Inject Retirement retirement;

  @AfterEach
  void nothingIsLeftUnderWay() {
    List<String> open =
        asCustomerService().get("/v1/index-rotations").then().extract().path("rotations.id");
    open.forEach(id -> complete(id).statusCode(204));
  }

  @Test
  void twoVersionsAreLiveUntilTheCustomerServiceIsDone() {
    int before = newest();
    String keyBefore = keyOf(before);

    String id = begin();

    live().body("keys.version", contains(before, before + 1));
    assertThatItIs(id, "waiting", "retag");
    asCustomerService()
        .get("/v1/index-rotations")
        .then()
        .statusCode(200)
        .body("rotations.id", contains(id))
        .body("rotations.version", contains(before + 1));

    complete(id).statusCode(204);

    live()
        .body("keys.version", contains(before + 1))
        .body("keys.key", everyItem(not(equalTo(keyBefore))));
    assertThatItIs(id, "done", "retag");
    asCustomerService().get("/v1/index-rotations").then().body("rotations", empty());
  }

  @Test
  void aVersionThatIsStillNeededIsHandedOutAsBefore() {
    int before = newest();
    String keyBefore = keyOf(before);
    String id = begin();

    asCustomerService()
        .queryParam("keep", before)
        .put("/v1/index-rotations/" + id + "/completion")
        .then()
        .statusCode(204);

    live().body("keys.version", contains(before, before + 1));
    assertThat(keyOf(before)).isEqualTo(keyBefore);
    assertThat(newest()).isEqualTo(before + 1);
    reopen(id).statusCode(202).body("state", equalTo("waiting"));
    complete(id).statusCode(204);
    live().body("keys.version", contains(before + 1));
  }

  @Test
  void aThirdVersionIsRefusedWhileThereAreTwo() {
    int before = newest();
    begin();

    rotate().statusCode(409).body("type", equalTo("urn:tallykeep:problem:rotation-under-way"));

    live().body("keys", hasSize(2));
    asCustomerService()
        .body("{\"messages\":0}")
        .post("/v1/dataset-keys/index/lease")
        .then()
        .body("version", equalTo(before + 1));
  }

  @Test
  void anotherDatasetIsTurnedOverMeanwhile() {
    begin();

    asPerson("security-officer")
        .body(Map.of("purpose", "ledger"))
        .post("/v1/rotations")
        .then()
        .statusCode(201);
  }

  @Test
  void nothingOfTheOlderVersionIsLeftInItsRowOnceNoBackupNeedsIt() {
    int before = newest();
    String wrapped = wrapped(before);
    String id = begin();

    complete(id).statusCode(204);
    retirement.retire();
    assertThat(wrapped(before)).isEqualTo(wrapped);
    backdate(id, 34);
    retirement.retire();
    assertThat(wrapped(before)).isEqualTo(wrapped);
    backdate(id, 35);
    retirement.retire();

    assertThat(wrapped(before)).hasSameSizeAs(wrapped).isNotEqualTo(wrapped);
    reopen(id).statusCode(409);
    live().body("keys.version", contains(before + 1));
  }

  @Test
  void anOfficerGoesBackOnTheNewestForADatabaseThatWasSetBack() {
    int before = newest();
    String keyBefore = keyOf(before);
    String first = begin();
    reopen(first).statusCode(409);
    complete(first).statusCode(204);

    asCustomerService().post("/v1/rotations/" + first + "/reopen").then().statusCode(403);
    reopen(first).statusCode(202).body("state", equalTo("waiting"));

    live().body("keys.version", contains(before, before + 1));
    assertThat(keyOf(before)).isEqualTo(keyBefore);
    asCustomerService().get("/v1/index-rotations").then().body("rotations.id", contains(first));
    assertThatItIs(first, "waiting", "retag");
    complete(first).statusCode(204);
    live().body("keys.version", contains(before + 1));

    String second = begin();
    complete(second).statusCode(204);
    reopen(first)
        .statusCode(409)
        .body("type", equalTo("urn:tallykeep:problem:rotation-not-reopened"));
    reopen(UUID.randomUUID().toString()).statusCode(404);
  }

  @Test
  void whereTheLastCouldBeGoneBackOnOneMoreIsMadeOnlyForWhoInsists() {
    complete(begin()).statusCode(204);

    asPerson("security-officer")
        .body(Map.of("purpose", "index"))
        .post("/v1/rotations")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:tallykeep:problem:rotation-can-be-reopened"));

    live().body("keys", hasSize(1));
    begin();
  }

  @Test
  void whoeverListensHearsOfBothTurns() {
    long before = events();

    String id = begin();
    assertThat(lastEvent()).isEqualTo("rotated index");
    complete(id).statusCode(204);

    assertThat(lastEvent()).isEqualTo("destroyed index");
    assertThat(events()).isEqualTo(before + 2);
  }

  @Test
  void howFarItIsComesFromTheCustomerService() {
    String id = begin();

    progress(id, 30, 70).statusCode(204);
    asPerson("security-officer")
        .get("/v1/rotations/" + id)
        .then()
        .body("done", equalTo(30))
        .body("total", equalTo(70));
    complete(id).statusCode(204);
    progress(id, 1, 70).statusCode(409);
    asPerson("security-officer")
        .get("/v1/rotations/" + id)
        .then()
        .body("done", equalTo(70))
        .body("finishedAt", notNullValue());
  }

  @Test
  void aCompletionThatIsSaidTwiceEndsNothingElse() {
    String first = begin();
    complete(first).statusCode(204);
    begin();

    complete(first).statusCode(204);

    live().body("keys", hasSize(2));
  }

  @Test
  void onlyTheCustomerServiceCompletesAndOnlyAnOfficerBegins() {
    String id = begin();
    for (var caller : List.of(asPerson("security-officer"), asAnalyticsService())) {
      caller.get("/v1/index-rotations").then().statusCode(403);
      caller.put("/v1/index-rotations/" + id + "/completion").then().statusCode(403);
      caller
          .body(Map.of("done", 1, "total", 1))
          .put("/v1/index-rotations/" + id + "/progress")
          .then()
          .statusCode(403);
    }
    asCustomerService()
        .body(Map.of("purpose", "index"))
        .post("/v1/rotations")
        .then()
        .statusCode(403);
    live().body("keys", hasSize(2));
  }

  @Test
  void aRotationOfSomethingElseIsNotCompletedHere() {
    String ledger =
        asPerson("security-officer")
            .body(Map.of("purpose", "ledger"))
            .post("/v1/rotations")
            .then()
            .extract()
            .path("id");

    complete(ledger).statusCode(404);
    complete(UUID.randomUUID().toString()).statusCode(404);
    progress(UUID.randomUUID().toString(), 1, 2).statusCode(404);
  }

  @Test
  void whoMakesTagsAnewOpensWhatTheyAreMadeOfDecoysIncluded() {
    var keys = create("subject", 1, true);
    begin();

    unwrapOn("reindex", asCustomerService(), "contact", keys)
        .statusCode(200)
        .body("keys[0].key", notNullValue());
    unwrapOn("reindex", asCustomerService(), "link", keys).statusCode(403);
    unwrapOn("reindex", asAnalyticsService(), "contact", keys).statusCode(403);
  }

  @Test
  void whileNoTagsAreMadeAnewNothingIsOpenedForThat() {
    var keys = create("subject", 1, false);
    Map<String, Object> tag =
        Map.of("field", "email", "values", List.of(VALUE), "grant", "reindex");
    unwrapOn("reindex", asCustomerService(), "contact", keys).statusCode(403);
    asCustomerService().body(tag).post("/v1/tags").then().statusCode(403);

    complete(begin()).statusCode(204);

    unwrapOn("reindex", asCustomerService(), "contact", keys).statusCode(403);
    asCustomerService().body(tag).post("/v1/tags").then().statusCode(403);
  }

  @Test
  void aGrantThatIsLongerThanAnyNameIsMalformed() {
    asCustomerService()
        .body(Map.of("field", "email", "values", List.of(VALUE), "grant", "x".repeat(37)))
        .post("/v1/tags")
        .then()
        .statusCode(400);
  }

  @Test
  void whoMakesTagsAnewHasTheOtherHalfMadeOnTheSameGrant() {
    begin();
    for (String grant : List.of("reindex", "")) {
      Map<String, Object> ask =
          grant.isEmpty()
              ? Map.of("field", "email", "values", List.of(VALUE))
              : Map.of("field", "email", "values", List.of(VALUE), "grant", grant);
      asCustomerService()
          .body(ask)
          .post("/v1/tags")
          .then()
          .statusCode(200)
          .body("tags", hasSize(1));
    }
    for (String grant : List.of("mixer", "no-such-grant", UUID.randomUUID().toString())) {
      asCustomerService()
          .body(Map.of("field", "email", "values", List.of(VALUE), "grant", grant))
          .post("/v1/tags")
          .then()
          .statusCode(403);
    }
  }

  private static String begin() {
    return rotate()
        .statusCode(202)
        .body("state", equalTo("waiting"))
        .body("purpose", equalTo("index"))
        .extract()
        .path("id");
  }

  private static ValidatableResponse rotate() {
    return asPerson("security-officer")
        .body(Map.of("kind", "dataset", "purpose", "index", "force", true))
        .post("/v1/rotations")
        .then();
  }

  private static ValidatableResponse complete(String id) {
    return asCustomerService().put("/v1/index-rotations/" + id + "/completion").then();
  }

  private static ValidatableResponse reopen(String id) {
    return asPerson("security-officer").post("/v1/rotations/" + id + "/reopen").then();
  }

  private void backdate(String id, int days) {
    database.statement(
        connection ->
            connection
                .createStatement()
                .executeUpdate(
                    "UPDATE rotation SET finished_at = clock_timestamp() - interval '%d days' WHERE id = '%s'"
                        .formatted(days, id)));
  }

  private static ValidatableResponse progress(String id, long done, long total) {
    return asCustomerService()
        .body(Map.of("done", done, "total", total))
        .put("/v1/index-rotations/" + id + "/progress")
        .then();
  }

  private static void assertThatItIs(String id, String state, String step) {
    asPerson("security-officer")
        .get("/v1/rotations/" + id)
        .then()
        .statusCode(200)
        .body("state", equalTo(state))
        .body("step", equalTo(step));
  }

  private static ValidatableResponse live() {
    return asCustomerService()
        .body("{}")
        .post("/v1/dataset-keys/index/unwrap")
        .then()
        .statusCode(200);
  }

  private static int newest() {
    List<Integer> versions = live().extract().path("keys.version");
    return versions.getLast();
  }

  private static String keyOf(int version) {
    return live().extract().path("keys.find { it.version == " + version + " }.key");
  }

  private String wrapped(int version) {
    return text(
        "SELECT encode(wrapped, 'hex') FROM dataset_key WHERE purpose = 'index' AND version = "
            + version);
  }

  private String lastEvent() {
    return text("SELECT kind || ' ' || scope FROM key_event ORDER BY position DESC LIMIT 1");
  }

  private long events() {
    return Long.parseLong(text("SELECT coalesce(max(position), 0) FROM key_event"));
  }

  private String text(String sql) {
    return database.statement(
        connection -> {
          try (var found = connection.createStatement().executeQuery(sql)) {
            found.next();
            return found.getString(1);
          }
        });
  }
}
