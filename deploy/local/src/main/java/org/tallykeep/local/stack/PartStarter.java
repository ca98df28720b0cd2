package org.tallykeep.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.tallykeep.local.parts.FreePorts;
import org.tallykeep.local.parts.PartFailedException;
import org.tallykeep.local.parts.RunningProcess;
import org.tallykeep.local.parts.Starting;

/** Starts one part, or finds it running; what it starts is written down before it is waited for. */
final class PartStarter {

  private final StateStore store;
  private final Console console;
  private final AtomicBoolean givenUp = new AtomicBoolean();

  PartStarter(StateStore store, Console console) {
    this.store = store;
    this.console = console;
  }

  /** From now on nothing is started any more. */
  void giveUp() {
    givenUp.set(true);
  }

  /**
   * @param start starts the process
   * @param prepare what else the part needs, once it answers; done also when it ran already
   */
  void ensure(Part part, Supplier<Starting> start, Runnable prepare) {
    long began = System.nanoTime();
    Optional<RunningProcess> running = store.state().alive(part);
    if (running.isPresent()) {
      prepare.run();
      console.reused(part);
      return;
    }
    refuseTakenPort(part);
    Starting starting = start.get();
    store.change(state -> state.withProcess(part, starting.process()));
    if (givenUp.get()) {
      StackDown.end(part, starting.process());
      throw new PartFailedException(part.label() + " was not needed any more.");
    }
    starting.awaitReady();
    prepare.run();
    console.ready(part, Duration.ofNanos(System.nanoTime() - began));
  }

  /** Ends a part whose program was built again since it started: its files are not its own now. */
  void endIfOlderThan(Path program, Part part) {
    store
        .state()
        .alive(part)
        .filter(process -> process.startedAtMillis() < lastModifiedMillis(program))
        .ifPresent(
            process -> {
              console.rebuilt(part);
              StackDown.end(part, process);
              store.change(state -> state.withoutProcess(part));
            });
  }

  private static long lastModifiedMillis(Path program) {
    try {
      return Files.getLastModifiedTime(program).toMillis();
    } catch (IOException e) {
      throw new PartFailedException(program + " cannot be read.", e);
    }
  }

  private void refuseTakenPort(Part part) {
    int port = part.port(store.state().portBase());
    if (!FreePorts.isFree(port)) {
      throw new PartFailedException(
          "Port %d, meant for %s, is taken by another program. End that program, or choose other ports: ./tallykeep up --port-base %d"
              .formatted(port, part.label(), store.state().portBase() + 100));
    }
  }
}
