package org.tallykeep.local;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.tallykeep.local.parts.PartsServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeps PostgreSQL, Keycloak and Vault running for tests that are run again and again. */
@Command(
    name = "parts",
    description = "Keeps PostgreSQL, Keycloak and Vault running for tests until it is ended.",
    mixinStandardHelpOptions = true)
final class PartsCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIRECTORY", description = "Where their data lies while they run.")
  private Path directory = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    Path description = directory.resolveSibling(directory.getFileName() + ".json");
    PartsServer server = PartsServer.start(directory, description);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "end parts"));
    System.out.println("Running. export " + PartsServer.variable() + "=" + description);
    new CountDownLatch(1).await();
    return 0;
  }
}
