package org.tallykeep.local.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tallykeep.local.parts.Commands;
import org.tallykeep.local.parts.ProjectHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tallykeep bench}: the JMH benchmarks, and under it those of the running system. */
@Command(
    name = "bench",
    description = {
      "Runs the benchmarks of testing/benchmarks.",
      "bench keys measures the key service with Vault on a stack of its own, bench rotation how it"
          + " rotates its keys under load, bench ingest how purchases are taken and counted, bench"
          + " profiles how customers are imported, read, found and written."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      BenchKeysCommand.class,
      BenchRotationCommand.class,
      BenchIngestCommand.class,
      BenchProfilesCommand.class
    })
public final class BenchCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "JMH-ARGUMENT",
      arity = "0..*",
      description = "Handed to JMH, for example a part of a benchmark's name; -- -h lists all.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = ProjectHome.find().directory().resolve("testing/benchmarks");
    List<String> command =
        new ArrayList<>(List.of(Commands.java(), "-jar", "target/benchmarks.jar"));
    command.addAll(arguments);
    return new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start().waitFor();
  }
}
