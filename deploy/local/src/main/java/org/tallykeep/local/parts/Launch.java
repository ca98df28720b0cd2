package org.tallykeep.local.parts;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * One process to be started: what it is called, its command, environment and log file. It is
 * started in a session of its own, so that it lives on after this program, and without core dumps.
 */
public record Launch(
    String name, List<String> command, Map<String, String> environment, Path logFile) {

  private static final int LINES_SHOWN = 15;

  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Secrets may be in the environment. */
  @Override
  public String toString() {
    return "Launch[" + name + ", log " + logFile + "]";
  }

  /** Starts it and does not wait. */
  public RunningProcess start() {
    List<String> wrapped = new ArrayList<>();
    if (Commands.find("setsid").isPresent()) {
      wrapped.add("setsid");
    }
    wrapped.addAll(List.of("sh", "-c", "ulimit -c 0; exec \"$@\"", "sh"));
    wrapped.addAll(command);
    try {
      Files.createDirectories(logFile.toAbsolutePath().getParent());
      ProcessBuilder builder = new ProcessBuilder(wrapped);
      builder.environment().putAll(environment);
      builder.redirectInput(new File("/dev/null"));
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
      return RunningProcess.of(builder.start().toHandle());
    } catch (IOException e) {
      throw new PartFailedException(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  /** Starts it; what is returned waits until it is ready. */
  public Starting start(Duration limit, BooleanSupplier ready) {
    return new Starting(this, start(), limit, ready);
  }

  /** A process that fails or hangs is ended, and told about with the end of its log. */
  public void awaitReady(RunningProcess process, Duration limit, BooleanSupplier ready) {
    boolean[] died = new boolean[1];
    boolean stopped =
        Poll.until(
            limit,
            Duration.ofMillis(100),
            () -> {
              died[0] = !process.isAlive();
              return died[0] || ready.getAsBoolean();
            });
    if (stopped && !died[0]) {
      return;
    }
    process.end(Duration.ofSeconds(5));
    throw new PartFailedException(
        (died[0]
                ? name + " ended while starting."
                : name + " was not ready after " + limit.toSeconds() + " s and was ended.")
            + " Its log is "
            + logFile
            + "; the last lines:\n"
            + lastLines());
  }

  private String lastLines() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(logFile), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
              .toList();
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return "(no log)";
    }
  }
}
