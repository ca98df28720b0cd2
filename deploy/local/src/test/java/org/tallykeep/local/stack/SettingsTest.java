package org.tallykeep.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.local.parts.RunningProcess;
import org.tallykeep.local.stack.StackState.Sample;

class SettingsTest {

  private static final UpOptions NOTHING_ASKED = new UpOptions(false, false, null, null);

  @TempDir private Path directory;
  private StateFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new StateFolder(directory.resolve("state"));
    folder.create();
  }

  @Test
  void aNewStackHasTheDefaultPortsTheLocalRootAndTheSample() {
    StackState state = Settings.first(folder, NOTHING_ASKED);

    assertThat(state.portBase()).isEqualTo(7400);
    assertThat(state.vault()).isFalse();
    assertThat(state.sample()).isEqualTo(Sample.RETAIL);
    assertThat(state.sampleLoaded()).isFalse();
  }

  @Test
  void dataWithoutAStateIsNotTouched() throws Exception {
    Files.createDirectories(folder.data());

    assertThatThrownBy(() -> Settings.first(folder, NOTHING_ASKED))
        .hasMessageContaining("up --fresh");
  }

  @Test
  void whatIsNotAskedForStaysAsItWas() {
    StackState earlier = StackState.of(17_400, true, Sample.NONE).withSampleLoaded();

    assertThat(Settings.resume(folder, earlier, NOTHING_ASKED)).isEqualTo(earlier);
  }

  @Test
  void theRootKeyCannotMoveIntoVaultAfterwards() {
    StackState earlier = StackState.of(7400, false, Sample.NONE);

    assertThatThrownBy(
            () -> Settings.resume(folder, earlier, new UpOptions(false, true, null, null)))
        .hasMessageContaining("up --fresh --vault");
  }

  @Test
  void theSampleIsNotMixedIntoAStackMadeWithoutIt() {
    StackState earlier = StackState.of(7400, false, Sample.NONE);

    assertThatThrownBy(
            () ->
                Settings.resume(folder, earlier, new UpOptions(false, false, Sample.RETAIL, null)))
        .hasMessageContaining("without the sample");
  }

  @Test
  void otherPortsAreTakenOnlyWhileNothingRuns() {
    StackState stopped = StackState.of(7400, false, Sample.NONE);
    StackState running = stopped.withProcess(Part.VAULT, thisProcess());
    UpOptions elsewhere = new UpOptions(false, false, null, 8400);

    assertThat(Settings.resume(folder, stopped, elsewhere).portBase()).isEqualTo(8400);
    assertThatThrownBy(() -> Settings.resume(folder, running, elsewhere))
        .hasMessageContaining("./tallykeep down");
  }

  @Test
  void aPortBaseOutsideTheRangeIsRefused() {
    assertThatThrownBy(() -> Settings.first(folder, new UpOptions(false, false, null, 80)))
        .hasMessageContaining("--port-base");
    assertThatThrownBy(() -> Settings.first(folder, new UpOptions(false, false, null, 65_530)))
        .hasMessageContaining("--port-base");
  }

  @Test
  void everyPartHasAPortOfItsOwn() {
    assertThat(Part.values()).extracting(part -> part.port(7400)).doesNotHaveDuplicates();
    assertThat(Part.values())
        .extracting(part -> part.port(7400))
        .doesNotContain(7400 + Part.VAULT_CLUSTER_OFFSET);
  }

  @Test
  void aStateWhoseProcessesAreGoneIsNotAlive() {
    RunningProcess gone = new RunningProcess(thisProcess().pid(), 1);
    StackState state =
        new StackState(7400, false, Sample.NONE, false, null, Map.of(Part.POSTGRESQL, gone));

    assertThat(state.anyAlive()).isFalse();
    assertThat(state.alive(Part.POSTGRESQL)).isEmpty();
  }

  private static RunningProcess thisProcess() {
    ProcessHandle self = ProcessHandle.current();
    return new RunningProcess(self.pid(), self.info().startInstant().orElseThrow().toEpochMilli());
  }

  @Test
  void theSampleCannotBeTakenOutOfAStack() {
    StackState earlier = StackState.of(7400, false, Sample.RETAIL);

    assertThatThrownBy(
            () -> Settings.resume(folder, earlier, new UpOptions(false, false, Sample.NONE, null)))
        .hasMessageContaining("--fresh --sample none");
  }

  @Test
  void dataIsNotDeletedUnderAServerWhoseStateIsLost() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      UpOptions options = new UpOptions(true, false, null, server.getLocalPort());

      assertThatThrownBy(() -> Settings.refuseTakenPorts(options))
          .hasMessageContaining("port " + server.getLocalPort());
    }
  }
}
