package org.tallykeep.platform.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.platform.FakeIssuer;

@QuarkusTest
@QuarkusTestResource(FakeIssuer.class)
class DocumentFilterTest {

  private JsonPath document = JsonPath.from("{}");

  @BeforeEach
  void read() {
    document = given().get("/q/openapi?format=json").jsonPath();
  }

  @Test
  void anOperationWithABodySaysWhatIsWrongWithBodies() {
    assertThat(statuses("'/v1/probe/orders'.post"))
        .containsExactly("200", "400", "401", "403", "406", "413", "415", "503");
  }

  @Test
  void anOperationWithAPathSaysThatThereMayBeNothing() {
    assertThat(statuses("'/v1/probe/orders/{id}'.get"))
        .containsExactly("200", "400", "401", "403", "404", "406", "503");
  }

  @Test
  void everyRefusalIsAProblemDocument() {
    String refused = "paths.'/v1/probe/orders'.post.responses.'403'.content";
    assertThat(document.getMap(refused)).containsOnlyKeys("application/problem+json");
    assertThat(document.getString(refused + ".'application/problem+json'.schema.'$ref'"))
        .isEqualTo("#/components/schemas/Problem");
    assertThat(document.getList("components.schemas.Problem.required", String.class))
        .containsExactlyInAnyOrder("type", "title", "status", "detail");
  }

  @Test
  void theRolesOfAnOperationAreNamed() {
    List<Map<String, List<String>>> security =
        document.getList("paths.'/v1/probe/orders'.post.security");
    assertThat(security).containsExactly(Map.of("bearer", List.of("marketer")));
  }

  private Iterable<String> statuses(String operation) {
    return document.<String, Object>getMap("paths." + operation + ".responses").keySet();
  }
}
