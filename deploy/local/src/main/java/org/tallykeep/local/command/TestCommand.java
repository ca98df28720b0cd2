package org.tallykeep.local.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tallykeep.local.parts.PartsServer;
import org.tallykeep.local.parts.ProjectHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tallykeep test}: every test of the project on one set of real parts. */
@Command(
    name = "test",
    description = "Runs every test: starts PostgreSQL, Keycloak and Vault once, then mvn verify.",
    mixinStandardHelpOptions = true)
public final class TestCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "MAVEN-ARGUMENT",
      arity = "0..*",
      description = "Handed to Maven, for example: -- -pl customer-service -am")
  private List<String> arguments = List.of();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Starting PostgreSQL, Keycloak and Vault for the tests");
    out.flush();
    Path folder = Files.createTempDirectory("tallykeep-test-");
    Path description = folder.resolve("parts.json");
    PartsServer parts = PartsServer.start(folder.resolve("parts"), description);
    Thread ending = new Thread(parts::close, "end test parts");
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      return maven(description);
    } finally {
      Runtime.getRuntime().removeShutdownHook(ending);
      parts.close();
      Files.deleteIfExists(description);
      Files.deleteIfExists(folder);
    }
  }

  private int maven(Path description) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mvn", "--batch-mode", "-ntp", "verify"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(ProjectHome.find().directory().toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put(PartsServer.variable(), description.toString());
    return builder.inheritIO().start().waitFor();
  }
}
