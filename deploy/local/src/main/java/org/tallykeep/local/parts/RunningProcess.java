package org.tallykeep.local.parts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process known by its id and the time it was started: an id alone may have passed to a stranger.
 */
public record RunningProcess(long pid, long startedAtMillis) {

  /** A start time is read back with the precision of the system's clock tick and boot time. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  static RunningProcess of(ProcessHandle handle) {
    return new RunningProcess(
        handle.pid(), handle.info().startInstant().orElseGet(Instant::now).toEpochMilli());
  }

  @JsonIgnore
  public boolean isAlive() {
    return handle().isPresent();
  }

  /** Asks it to end, waits, then insists. */
  public void end(Duration grace) {
    end("TERM", grace);
  }

  public void end(String signal, Duration grace) {
    if (handle().isEmpty()) {
      return;
    }
    send(signal);
    if (!endsWithin(grace)) {
      handle().ifPresent(ProcessHandle::destroyForcibly);
      endsWithin(Duration.ofSeconds(5));
    }
  }

  private boolean endsWithin(Duration time) {
    return Poll.until(time, Duration.ofMillis(20), () -> !isAlive());
  }

  private void send(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("The command kill cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(this::startedWhenRecorded)
        .filter(handle -> !isZombie());
  }

  private boolean startedWhenRecorded(ProcessHandle handle) {
    return handle
        .info()
        .startInstant()
        .map(
            start ->
                Duration.between(start, Instant.ofEpochMilli(startedAtMillis))
                        .abs()
                        .compareTo(CLOCK_TOLERANCE)
                    <= 0)
        .orElse(false);
  }

  /** Ended, but not yet collected by a parent, which in a container may never happen. */
  private boolean isZombie() {
    Path stat = Path.of("/proc/" + pid + "/stat");
    try {
      String text = Files.readString(stat);
      return text.startsWith("Z", text.lastIndexOf(')') + 2);
    } catch (IOException notLinuxOrGone) {
      return false;
    }
  }
}
