package org.tallykeep.local;

import org.tallykeep.local.api.ApiCommand;
import org.tallykeep.local.backtest.BacktestCommand;
import org.tallykeep.local.bench.BenchCommand;
import org.tallykeep.local.command.DownCommand;
import org.tallykeep.local.command.PartsCommand;
import org.tallykeep.local.command.StatusCommand;
import org.tallykeep.local.command.TestCommand;
import org.tallykeep.local.command.TokenCommand;
import org.tallykeep.local.command.UpCommand;
import org.tallykeep.local.evidence.AuditCommand;
import org.tallykeep.local.evidence.ReceiptCommand;
import org.tallykeep.local.importer.ImportCommand;
import org.tallykeep.local.parts.PartFailedException;
import org.tallykeep.local.parts.ProjectHome;
import org.tallykeep.local.stack.StackAccess;
import org.tallykeep.local.stack.StateFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line for people. */
@Command(
    name = "tallykeep",
    description = "Tallykeep on this machine: run it, feed it, ask it, test it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class Main {

  private static final int FAILED = 1;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .addSubcommand(new UpCommand())
        .addSubcommand(new DownCommand())
        .addSubcommand(new StatusCommand())
        .addSubcommand(new TokenCommand())
        .addSubcommand(new ImportCommand(Main::stack, folder().directory()))
        .addSubcommand(new BacktestCommand(Main::stack))
        .addSubcommand(new ReceiptCommand())
        .addSubcommand(new AuditCommand())
        .addSubcommand(new ApiCommand(ProjectHome.find()))
        .addSubcommand(new TestCommand())
        .addSubcommand(new BenchCommand())
        .addSubcommand(new PartsCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::explain);
  }

  private static StateFolder folder() {
    return StateFolder.of(ProjectHome.find());
  }

  private static Endpoints stack() {
    return StackAccess.to(folder());
  }

  /** A known trouble is a sentence; anything else is a fault of this program and shown whole. */
  private static int explain(
      Exception problem, CommandLine command, CommandLine.ParseResult arguments) {
    switch (problem) {
      case PartFailedException known -> command.getErr().println(known.getMessage());
      case CommandFailure known -> command.getErr().println(known.sentence());
      default -> problem.printStackTrace(command.getErr());
    }
    return FAILED;
  }
}
