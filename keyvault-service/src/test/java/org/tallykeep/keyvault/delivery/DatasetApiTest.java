package org.tallykeep.keyvault.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.tallykeep.keyvault.fixture.Tokens.asAnalyticsService;
import static org.tallykeep.keyvault.fixture.Tokens.asCustomerService;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallykeep.keyvault.fixture.WithLocalRoot;

@QuarkusTest
@TestProfile(WithLocalRoot.class)
class DatasetApiTest {

  @ParameterizedTest
  @ValueSource(strings = {"ledger", "aggregate", "index", "manifest"})
  void whatIsLeasedOpensWithWhatIsUnwrapped(String purpose) {
    Map<String, Object> lease =
        asCustomerService()
            .body(Map.of("messages", 16_777_216))
            .post("/v1/dataset-keys/" + purpose + "/lease")
            .then()
            .statusCode(200)
            .body("messages", equalTo(16_777_216))
            .extract()
            .path("");
    String it = "keys.find { it.id == '%s' }".formatted(lease.get("id"));
    String thisOne = "{\"versions\":[%s]}".formatted(lease.get("version"));
    for (String body : List.of("{}", thisOne, "")) {
      asCustomerService()
          .body(body)
          .post("/v1/dataset-keys/" + purpose + "/unwrap")
          .then()
          .statusCode(200)
          .body(
              "keys",
              hasSize(
                  body.equals(thisOne)
                      ? 1
                      : Integer.parseInt(String.valueOf(lease.get("version")))))
          .body(it + ".key", equalTo(lease.get("key")))
          .body(it + ".state", equalTo("active"));
    }
  }

  @Test
  void analyticsOpensTheSameAggregateKeyAsTheCustomerService() {
    assertThat(aggregateKey(asAnalyticsService())).isEqualTo(aggregateKey(asCustomerService()));
  }

  @Test
  void aVersionThatDoesNotExistIsLeftOut() {
    asCustomerService()
        .body("{\"versions\":[777]}")
        .post("/v1/dataset-keys/ledger/unwrap")
        .then()
        .statusCode(200)
        .body("keys", hasSize(0));
  }

  @Test
  void aLeaseThatIsTooLargeOrNegativeIsABadRequest() {
    for (long messages : new long[] {16_777_217, -1}) {
      asCustomerService()
          .body(Map.of("messages", messages))
          .post("/v1/dataset-keys/ledger/lease")
          .then()
          .statusCode(400)
          .contentType("application/problem+json");
    }
  }

  @Test
  void aPurposeThatDoesNotExistIsNotFoundAndOneOfPersonsMakesNoSense() {
    asCustomerService().body("{}").post("/v1/dataset-keys/nothing/unwrap").then().statusCode(404);
    asCustomerService().body("{}").post("/v1/dataset-keys/link/unwrap").then().statusCode(422);
  }

  @Test
  void tagsAreTheSameForTheSameValueAndDifferByFieldAndValue() {
    List<String> emails = tags("email", value(1), value(2), value(1));
    assertThat(emails.get(0)).isEqualTo(emails.get(2)).isNotEqualTo(emails.get(1)).hasSize(44);
    assertThat(tags("phone", value(1)).getFirst()).isNotEqualTo(emails.getFirst());
    assertThat(tags("suppression", value(1)).getFirst())
        .isNotIn(emails.getFirst(), tags("phone", value(1)).getFirst());
    assertThat(tags("email", value(2)).getFirst()).isEqualTo(emails.get(1));
    assertThat(emails).doesNotContain(value(1), value(2));
  }

  @Test
  void aThousandValuesAreTaggedAndMoreAreRefused() {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      values.add(value(i));
    }
    assertThat(tags("phone", values.toArray(String[]::new))).doesNotHaveDuplicates().hasSize(1_000);
    values.add(value(0));
    asCustomerService()
        .body(Map.of("field", "phone", "values", values))
        .post("/v1/tags")
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:tallykeep:problem:batch-too-large"));
  }

  @Test
  void whatIsNoTagOfTheCallersOwnIsRefused() {
    String plain = Base64.getEncoder().encodeToString("+15550100".getBytes());
    asCustomerService()
        .body(Map.of("field", "phone", "values", List.of(plain)))
        .post("/v1/tags")
        .then()
        .statusCode(422);
    asCustomerService()
        .body(Map.of("field", "name", "values", List.of(value(1))))
        .post("/v1/tags")
        .then()
        .statusCode(400);
  }

  private static String aggregateKey(io.restassured.specification.RequestSpecification caller) {
    return caller
        .body("{}")
        .post("/v1/dataset-keys/aggregate/unwrap")
        .then()
        .statusCode(200)
        .extract()
        .path("keys[0].key");
  }

  private static List<String> tags(String field, String... values) {
    return asCustomerService()
        .body(Map.of("field", field, "values", List.of(values)))
        .post("/v1/tags")
        .then()
        .statusCode(200)
        .extract()
        .path("tags");
  }

  private static String value(int i) {
    byte[] value = new byte[32];
    value[0] = (byte) i;
    value[1] = (byte) (i >> 8);
    return Base64.getEncoder().encodeToString(value);
  }
}
