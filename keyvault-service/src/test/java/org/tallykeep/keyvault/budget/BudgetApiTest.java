package org.tallykeep.keyvault.budget;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.tallykeep.keyvault.fixture.KeyCalls.create;
import static org.tallykeep.keyvault.fixture.KeyCalls.unwrap;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;
import static org.tallykeep.keyvault.fixture.Tokens.asPerson;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.WithLocalRoot;
import org.tallykeep.keyvault.platform.Database;

/** Budgets over HTTP, as the service is configured out of the box. */
@QuarkusTest
@TestProfile(WithLocalRoot.class)
class BudgetApiTest {

  @Inject Database database;

  /** The tests after this one are other people's. */
  @AfterEach
  void nothingIsSpent() {
    database.statement(
        connection ->
            connection
                .createStatement()
                .executeUpdate(
                    "DELETE FROM budget_account WHERE purpose IN ('identity', 'contact')"));
  }

  @Test
  void aPersonIsStoppedWholeBatchByWholeBatch() {
    List<Map<String, Object>> keys = create("subject", 170, false);
    unwrap(asPerson("data-steward"), "identity", keys).statusCode(200);
    unwrap(asPerson("data-steward"), "identity", keys)
        .statusCode(429)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue())
        .body("type", equalTo("urn:tallykeep:problem:over-budget"))
        .body("window", equalTo("minute"));
    unwrap(asPerson("data-steward"), "identity", keys.subList(0, 130)).statusCode(200);
    unwrap(asPerson("data-steward"), "identity", keys.subList(0, 1)).statusCode(429);
    // Another purpose is another account, and so is another caller.
    unwrap(asPerson("data-steward"), "contact", keys.subList(0, 1)).statusCode(200);
    unwrap(asCustomerService(), "link", keys).statusCode(200);

    String holder =
        asPerson("security-officer")
            .get("/v1/budgets?client=customer-service")
            .then()
            .statusCode(200)
            .body("budgets.purpose", hasItem("link"))
            .extract()
            .path("budgets.find { it.purpose == 'identity' && it.spent.minute == 300 }.holder");
    asPerson("security-officer")
        .body(
            Map.of(
                "client",
                "customer-service",
                "holder",
                holder,
                "purpose",
                "identity",
                "limits",
                Map.of("minute", 500, "hour", 3_000, "day", 10_000),
                "notAfter",
                Instant.now().plusSeconds(600).toString(),
                "reason",
                "a test"))
        .post("/v1/budgets/raises")
        .then()
        .statusCode(201)
        .body("approvedBy", notNullValue());
    unwrap(asPerson("data-steward"), "identity", keys).statusCode(200);
  }

  @Test
  void onlyASecurityOfficerLooksAtBudgets() {
    asPerson("data-steward").get("/v1/budgets").then().statusCode(403);
    asCustomerService().get("/v1/budgets").then().statusCode(403);
  }
}
