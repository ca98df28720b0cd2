package org.tallykeep.local.api;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.parts.ProjectHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the documents that were made when the services were built to docs/api. */
@Command(
    name = "api",
    description =
        "Writes the OpenAPI documents of the services, as they are built, to docs/api."
            + " Builds first what was changed.",
    mixinStandardHelpOptions = true)
public final class ApiCommand implements Callable<Integer> {

  private static final List<String> SERVICES =
      List.of("analytics-service", "customer-service", "keyvault-service");

  private final ProjectHome home;

  @Option(
      names = "--check",
      description = "Write nothing; end with 1 if a document in docs/api is not that of the build.")
  private boolean check;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  public ApiCommand(ProjectHome home) {
    this.home = home;
  }

  @Override
  public Integer call() throws IOException {
    boolean same = true;
    for (String service : SERVICES) {
      same &= bring(service);
    }
    return same || !check ? 0 : 1;
  }

  /** Whether the document was there like this before. */
  private boolean bring(String service) throws IOException {
    Path made = home.directory().resolve(service + "/target/openapi/openapi.yaml");
    Path kept = home.directory().resolve("docs/api/" + service + ".yaml");
    if (!Files.exists(made)) {
      throw new CommandFailure(made + " is missing: have " + service + " built.");
    }
    boolean same = Files.exists(kept) && Files.mismatch(made, kept) < 0;
    if (!same && !check) {
      Files.createDirectories(kept.getParent());
      Files.copy(made, kept, StandardCopyOption.REPLACE_EXISTING);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        kept + (same ? ": unchanged" : check ? ": differs; run ./tallykeep api" : ": written"));
    out.flush();
    return same;
  }
}
