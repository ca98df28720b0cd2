package org.tallykeep.local.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.tallykeep.local.parts.ProjectHome;
import org.tallykeep.local.stack.StackReport;
import org.tallykeep.local.stack.StateFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tallykeep status}: what runs where. */
@Command(
    name = "status",
    description = "Shows URLs, ports, process ids and database connections of the stack.",
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    StateFolder folder = StateFolder.of(ProjectHome.find());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(StackReport.json(folder));
    } else {
      StackReport.lines(folder).forEach(out::println);
    }
    return 0;
  }
}
