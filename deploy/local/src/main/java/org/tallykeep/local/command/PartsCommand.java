package org.tallykeep.local.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.tallykeep.local.parts.PartsServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tallykeep parts}: for tests that are run again and again. */
@Command(
    name = "parts",
    description = "Keeps PostgreSQL, Keycloak and Vault running for tests until Ctrl-C.",
    mixinStandardHelpOptions = true)
public final class PartsCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIRECTORY",
      description = "Where their data lies while they run; it is deleted at the end.")
  @SuppressWarnings("NullAway.Init") // required by picocli
  private Path directory;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Path absolute = directory.toAbsolutePath();
    Path description = absolute.resolveSibling(absolute.getFileName() + ".json");
    PartsServer server = PartsServer.start(absolute, description);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "end parts"));
    spec.commandLine()
        .getOut()
        .println("Running. export " + PartsServer.variable() + "=" + description);
    new CountDownLatch(1).await();
    return 0;
  }
}
