package org.tallykeep.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.parts.ProjectHome;
import picocli.CommandLine;

final class ApiCommandTest {

  @TempDir private Path folder;

  private final StringWriter output = new StringWriter();

  @Test
  void documentsOfTheBuildAreWrittenAndThenUnchanged() throws IOException {
    build("openapi: 3.1.0\n");

    assertThat(api()).isZero();
    assertThat(kept()).hasContent("openapi: 3.1.0");
    assertThat(api("--check")).isZero();
    assertThat(output.toString()).contains("customer-service.yaml: unchanged");
  }

  @Test
  void aCheckFindsAnotherDocumentAndWritesNothing() throws IOException {
    build("openapi: 3.1.0\n");
    api();
    build("openapi: 3.1.0\ninfo: {}\n");

    assertThat(api("--check")).isEqualTo(1);
    assertThat(kept()).hasContent("openapi: 3.1.0");
    assertThat(output.toString()).contains("differs; run ./tallykeep api");
  }

  @Test
  void withoutABuildThereIsNothingToBring() {
    assertThat(api()).isEqualTo(2);
    assertThat(output.toString()).contains("analytics-service built");
  }

  private Path kept() {
    return folder.resolve("docs/api/customer-service.yaml");
  }

  private void build(String document) throws IOException {
    for (String service : new String[] {"analytics", "customer", "keyvault"}) {
      Path made = folder.resolve(service + "-service/target/openapi/openapi.yaml");
      Files.createDirectories(made.getParent());
      Files.writeString(made, document);
    }
  }

  private int api(String... arguments) {
    return new CommandLine(new ApiCommand(new ProjectHome(folder)))
        .setOut(new PrintWriter(output))
        .setExecutionExceptionHandler(
            (thrown, command, parsed) -> {
              output.append(((CommandFailure) thrown).sentence());
              return 2;
            })
        .execute(arguments);
  }
}
