package org.tallykeep.local;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line for people. */
@Command(
    name = "tallykeep",
    description = "Runs Tallykeep on this machine.",
    mixinStandardHelpOptions = true,
    subcommands = {PartsCommand.class})
final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
