package org.tallykeep.local.command;

import java.util.concurrent.Callable;
import org.tallykeep.local.parts.ProjectHome;
import org.tallykeep.local.stack.StackAccess;
import org.tallykeep.local.stack.StateFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tallykeep token}: an access token, and nothing else, on standard output. */
@Command(
    name = "token",
    description = "Prints an access token for curl; it is good for 15 minutes.",
    mixinStandardHelpOptions = true)
public final class TokenCommand implements Callable<Integer> {

  @Option(
      names = "--as",
      required = true,
      paramLabel = "ROLE",
      description =
          "marketer, campaign-manager, data-steward, privacy-officer, security-officer or ingest.")
  @SuppressWarnings("NullAway.Init") // required by picocli
  private String role;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    StackAccess stack = StackAccess.to(StateFolder.of(ProjectHome.find()));
    spec.commandLine().getOut().println(stack.token(role));
    return 0;
  }
}
