package org.tallykeep.keyvault.delivery;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.keyvault.fixture.WithLocalRoot;
import org.tallykeep.keyvault.platform.Database;

@QuarkusTest
@TestProfile(WithLocalRoot.class)
class AuditComesFirstTest {

  @Inject Database database;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/keys",
        "/v1/keys/unwrap",
        "/v1/dataset-keys/ledger/lease",
        "/v1/dataset-keys/ledger/unwrap",
        "/v1/tags"
      })
  void whenTheAuditCannotBeWrittenNothingIsHandedOut(String path) {
    execute("ALTER TABLE audit_entry RENAME TO elsewhere");
    try {
      asCustomerService()
          .body(body(path))
          .post(path)
          .then()
          .statusCode(503)
          .contentType("application/problem+json")
          .header("Retry-After", notNullValue())
          .body("keySet()", equalTo(java.util.Set.of("type", "title", "status", "detail")));
    } finally {
      execute("ALTER TABLE elsewhere RENAME TO audit_entry");
    }
    asCustomerService().body(body(path)).post(path).then().statusCode(statusOf(path));
  }

  private static int statusOf(String path) {
    return "/v1/keys".equals(path) ? 201 : 200;
  }

  private static Object body(String path) {
    return switch (path) {
      case "/v1/keys" -> Map.of("kind", "subject", "count", 1, "purposes", List.of("link"));
      case "/v1/keys/unwrap" ->
          Map.of(
              "purpose",
              "link",
              "keys",
              List.of(Map.of("id", UUID.randomUUID().toString(), "version", 1)));
      case "/v1/dataset-keys/ledger/lease" -> Map.of("messages", 10);
      case "/v1/tags" ->
          Map.of(
              "field", "email", "values", List.of("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
      default -> Map.of();
    };
  }

  private void execute(String sql) {
    database.statement(connection -> connection.createStatement().execute(sql));
  }
}
