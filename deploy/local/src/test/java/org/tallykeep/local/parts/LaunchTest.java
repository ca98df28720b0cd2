package org.tallykeep.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir private Path directory;

  @Test
  void aProcessThatFailsIsToldWithTheLastLinesOfItsLog() {
    Launch launch = shell("echo first; echo the cause >&2; exit 3");

    assertThatThrownBy(() -> launch.start(LONG, () -> false).awaitReady())
        .isInstanceOf(PartFailedException.class)
        .hasMessageContaining("Sleeper ended while starting")
        .hasMessageContaining("the cause");
  }

  @Test
  void aProcessThatIsNotReadyInTimeIsEnded() {
    Starting starting = shell("exec sleep 600").start(SHORT, () -> false);

    assertThatThrownBy(starting::awaitReady).hasMessageContaining("was not ready");
    assertThat(starting.process().isAlive()).isFalse();
  }

  @Test
  void aReadyProcessLivesUntilItIsEnded() {
    RunningProcess process = shell("exec sleep 600").start(LONG, () -> true).awaitReady();

    assertThat(process.isAlive()).isTrue();
    process.end(LONG);
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void aProcessThatIgnoresTheRequestIsEndedAllTheSame() {
    Path ready = directory.resolve("ready");
    RunningProcess process =
        shell("trap '' TERM; touch " + ready + "; while :; do sleep 0.1; done")
            .start(LONG, () -> Files.exists(ready))
            .awaitReady();

    process.end(SHORT);

    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void aStrangerWithTheSameIdIsNeitherTakenForItNorEnded() {
    RunningProcess process = shell("exec sleep 600").start(LONG, () -> true).awaitReady();
    RunningProcess stale = new RunningProcess(process.pid(), process.startedAtMillis() - 60_000);

    assertThat(stale.isAlive()).isFalse();
    stale.end(SHORT);
    assertThat(process.isAlive()).isTrue();
    process.end(LONG);
  }

  @Test
  void secretsOfTheEnvironmentAreNotShown() {
    Launch launch =
        new Launch("Sleeper", List.of("true"), Map.of("X", "hush"), directory.resolve("log"));

    assertThat(launch.toString()).doesNotContain("hush");
  }

  private Launch shell(String script) {
    return new Launch(
        "Sleeper", List.of("sh", "-c", script), Map.of(), directory.resolve("log.txt"));
  }
}
