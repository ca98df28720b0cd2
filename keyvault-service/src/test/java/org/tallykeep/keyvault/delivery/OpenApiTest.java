package org.tallykeep.keyvault.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.WithLocalRoot;

/**
 * The document in the repository is the one served. To take over a change on purpose, run this test
 * with the environment variable {@code UPDATE_OPENAPI=true} and look at the difference.
 */
@QuarkusTest
@TestProfile(WithLocalRoot.class)
class OpenApiTest {

  private static final Path DOCUMENT = Path.of("src/main/openapi/keyvault-service.yaml");

  @Test
  void theDocumentInTheRepositoryIsTheOneServed() throws Exception {
    String served = given().accept("application/yaml").get("/q/openapi").asString();
    if ("true".equals(System.getenv("UPDATE_OPENAPI"))) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, served);
    }
    assertThat(served).isEqualTo(Files.readString(DOCUMENT));
  }
}
