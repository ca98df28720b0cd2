package org.tallykeep.local.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.local.Endpoints;
import picocli.CommandLine;

/** Everything that ends before a service is asked. */
final class ImportCommandTest {

  @TempDir private Path folder;

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void aTruncatedFileSendsNothingAndSaysSo() throws IOException {
    Path file =
        Mapped.gzip(folder.resolve("CDNOW.txt.gz"), "1 0001 19970101 1 10.00\n".repeat(9_000));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    int exit = run(file.toString(), "--preset", "cdnow");

    assertThat(exit).isEqualTo(1);
    assertThat(errors.toString()).startsWith("import: CDNOW.txt.gz ends in the middle");
    assertThat(output.toString()).isEmpty();
  }

  @Test
  void aMissingPresetIsWrongUsage() {
    assertThat(run("x.csv")).isEqualTo(2);
    assertThat(errors.toString()).contains("--preset");
  }

  @Test
  void anUnknownZoneInAMappingIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "c,t,p,x\n1,2,3,4\n");
    Path mapping =
        Files.writeString(
            folder.resolve("columns.yaml"),
            "purchase: {customer: c, at: {column: t, format: HH, zone: Mars/Olympus}}\n"
                + "line: {product: p, amount: x}\n");

    assertThat(run(file.toString(), "--preset", mapping.toString())).isEqualTo(1);
    assertThat(errors.toString()).contains("there is no zone Mars/Olympus");
  }

  private int run(String... arguments) {
    return new CommandLine(new ImportCommand(ImportCommandTest::endpoints, folder))
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }

  private static Endpoints endpoints() {
    return new Endpoints() {
      @Override
      public java.net.URI customerService() {
        // Port 9 is for discarding; nothing listens there.
        return java.net.URI.create("http://127.0.0.1:9");
      }

      @Override
      public java.net.URI analyticsService() {
        return customerService();
      }

      @Override
      public String token(String role) {
        throw new AssertionError("nothing is to be sent");
      }
    };
  }
}
