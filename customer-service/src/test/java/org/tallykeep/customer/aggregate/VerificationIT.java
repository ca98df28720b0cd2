package org.tallykeep.customer.aggregate;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.customer.CustomerParts;
import org.tallykeep.local.parts.TestParts;

/** The comparison with the ledger through HTTP, on real keys. */
@QuarkusTest
@QuarkusTestResource(CustomerParts.class)
class VerificationIT {

  private static final String VERIFY = "/v1/aggregates/verify";

  @Inject DataSource dataSource;

  @Test
  void aCleanDatabaseIsEqualAndADamagedOneIsNamed() throws SQLException {
    for (int i = 0; i < 20; i++) {
      given()
          .auth()
          .oauth2(TestParts.get().keycloak().serviceToken("ingest"))
          .contentType(ContentType.JSON)
          .body(
              """
              {"eventId":"v-%1$d","externalId":"verified-%1$d","day":"2017-01-01",\
              "lines":[{"product":"P1","category":"C","units":1,"amount":"1.99"}]}"""
                  .formatted(i))
          .post("/v1/purchases")
          .then()
          .statusCode(201);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                as("data-steward")
                    .get("/v1/ingest/status")
                    .then()
                    .body("pending", equalTo(0))
                    .body("lagSeconds", equalTo(0f)));
    verified("data-steward")
        .then()
        .body("state", equalTo("done"))
        .body("equal", equalTo(true))
        .body("shardsDone", equalTo(64))
        .body("pseudonyms", greaterThanOrEqualTo(20))
        .body("findings", empty());

    execute(
        """
        CREATE TABLE taken_away AS SELECT * FROM purchase_history ORDER BY id LIMIT 1;
        DELETE FROM purchase_history WHERE id IN (SELECT id FROM taken_away)
        """);
    try {
      verified("security-officer")
          .then()
          .body("equal", equalTo(false))
          .body("findings.dataset", hasItem("purchase_history"))
          .body("findings.what", hasItem("not-accounted-for"))
          .body("findings.what", hasItem("missing"));
    } finally {
      // Other tests go on with the same database.
      execute("INSERT INTO purchase_history SELECT * FROM taken_away; DROP TABLE taken_away");
    }
    verified("data-steward").then().body("equal", equalTo(true));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Response verified(String role) {
    Response begun = as(role).post(VERIFY);
    begun
        .then()
        .statusCode(202)
        .header("Location", containsString("/v1/aggregates/verifications/"));
    String path = "/v1/aggregates/verifications/" + begun.jsonPath().getString("id");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !as(role).get(path).jsonPath().getString("state").equals("running"));
    return as(role).get(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"marketer", "campaign-manager", "privacy-officer"})
  void othersAreRefused(String role) {
    as(role).post(VERIFY).then().statusCode(403);
    as(role).get("/v1/aggregates/verifications/" + UUID.randomUUID()).then().statusCode(403);
  }

  @Test
  void nobodyWithoutATokenAndNoneThatIsNotKnown() {
    given().post(VERIFY).then().statusCode(401);
    as("data-steward")
        .get("/v1/aggregates/verifications/" + UUID.randomUUID())
        .then()
        .statusCode(404)
        .body("type", equalTo("urn:tallykeep:problem:verification-not-found"));
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestParts.get().keycloak().userToken(role));
  }
}
