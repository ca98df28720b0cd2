package org.tallykeep.local.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tallykeep.local.parts.PartFailedException;
import org.tallykeep.local.parts.ProjectHome;
import org.tallykeep.local.stack.Console;
import org.tallykeep.local.stack.Part;
import org.tallykeep.local.stack.Stack;
import org.tallykeep.local.stack.StackReport;
import org.tallykeep.local.stack.StackState;
import org.tallykeep.local.stack.StateFolder;
import org.tallykeep.local.stack.UpOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tallykeep up}: everything, from nothing to the first answer. */
@Command(
    name = "up",
    description = {
      "Starts PostgreSQL, Keycloak and the three services on 127.0.0.1, loads a made-up retailer,"
          + " and prints where everything is and who is most likely to buy next.",
      "What runs already is kept. Without --detach it stays in the foreground; Ctrl-C ends all."
    },
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {

  private static final Duration WATCH = Duration.ofSeconds(1);

  @Option(names = "--vault", description = "Keep the root key in a Vault server, started as well.")
  private boolean vault;

  @Option(names = "--detach", description = "Return when all is ready; ./tallykeep down ends it.")
  private boolean detach;

  @Option(
      names = "--fresh",
      description = "First end an earlier stack of this checkout and throw its data away.")
  private boolean fresh;

  @Option(
      names = "--sample",
      paramLabel = "retail|none",
      description = "The made-up retailer to load into a new stack (default: retail).")
  private StackState.@Nullable Sample sample;

  @Option(
      names = "--port-base",
      paramLabel = "N",
      description = "The first of seven ports (default: 7400, or what the stack had before).")
  private @Nullable Integer portBase;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ProjectHome home = ProjectHome.find();
    StateFolder folder = StateFolder.of(home);
    Console console = new Console(spec.commandLine().getOut());
    long began = System.nanoTime();
    Stack stack;
    Thread ending;
    try (FileChannel lock = folder.lock()) {
      UpOptions options = new UpOptions(fresh, vault, sample, portBase);
      stack = Stack.prepare(home, folder, options, console);
      Stack started = stack;
      Thread interrupted = new Thread(started::endWhatWasStarted, "end what was started");
      Runtime.getRuntime().addShutdownHook(interrupted);
      console.line("Starting Tallykeep; logs are in " + folder.logs());
      stack.start();
      new FirstAnswer(folder, console, Clock.systemUTC()).load(stack);
      ending = detach ? null : new Thread(stack::endAll, "end all");
      if (ending != null) {
        Runtime.getRuntime().addShutdownHook(ending);
      }
      Runtime.getRuntime().removeShutdownHook(interrupted);
      lock.force(false);
    }
    StackReport.welcome(folder, stack.state()).forEach(console::line);
    new FirstAnswer(folder, console, Clock.systemUTC()).give(stack);
    console.line(
        String.format(
            Locale.ROOT,
            "%nUp after %.0f s. %s",
            Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0,
            detach ? "./tallykeep down ends it." : "Ctrl-C ends it."));
    return detach ? 0 : watch(stack, folder);
  }

  /** Until Ctrl-C, or until a part dies: then the rest is of no use. */
  private static int watch(Stack stack, StateFolder folder) throws InterruptedException {
    while (true) {
      Optional<Part> dead = stack.firstDead();
      if (dead.isPresent()) {
        throw new PartFailedException(
            dead.get().label()
                + " ended by itself; its log: "
                + folder.log(dead.get())
                + "\nEverything else is ended too.");
      }
      Thread.sleep(WATCH);
    }
  }
}
