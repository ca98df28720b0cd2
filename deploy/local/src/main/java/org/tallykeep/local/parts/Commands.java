package org.tallykeep.local.parts;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs of this machine: where they are, and running one to its end. */
public final class Commands {

  private static final int LINES_SHOWN = 15;

  private Commands() {}

  public static Optional<Path> find(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The java program that runs this one. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static void run(String what, Path directory, Map<String, String> environment, String... command) {
    try {
      Path log = Files.createTempFile("tallykeep-", ".log");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.directory(directory.toFile());
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      builder.redirectInput(new File("/dev/null"));
      int code = builder.start().waitFor();
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      Files.delete(log);
      if (code != 0) {
        throw new PartFailedException(
            what
                + " failed (exit code "
                + code
                + "):\n"
                + String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size())));
      }
    } catch (IOException e) {
      throw new PartFailedException(what + " failed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartFailedException(what + " was interrupted.", e);
    }
  }
}
