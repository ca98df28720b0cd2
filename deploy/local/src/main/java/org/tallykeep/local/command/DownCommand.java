package org.tallykeep.local.command;

import java.util.concurrent.Callable;
import org.tallykeep.local.parts.ProjectHome;
import org.tallykeep.local.stack.Stack;
import org.tallykeep.local.stack.StateFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tallykeep down}: ends what {@code up} started. */
@Command(
    name = "down",
    description = "Ends every process of this checkout's stack; its data stays for the next up.",
    mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    int ended = Stack.down(StateFolder.of(ProjectHome.find()));
    spec.commandLine()
        .getOut()
        .println(ended == 0 ? "Nothing was running." : "Ended " + ended + " processes.");
    return 0;
  }
}
