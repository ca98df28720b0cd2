package org.tallykeep.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcLogTest {

  @TempDir private Path directory;

  @Test
  void theHighestHeapAfterACollectionIsFound() throws IOException {
    Path file = directory.resolve("gc.log");
    Files.write(
        file,
        List.of(
            "[0.004s][info][gc] Using Serial",
            "[1.1s][info][gc] GC(0) Pause Young (Allocation Failure) 90M->70M(245M) 12.3ms",
            "[2.2s][info][gc] GC(1) Pause Young (Allocation Failure) 120M->31M(245M) 9.1ms",
            "[3.3s][info][gc] GC(2) Pause Full (Allocation Failure) 200M->44M(245M) 80.0ms"));
    GcLog log = new GcLog(file);

    assertThat(log.lines()).isEqualTo(4);
    assertThat(log.highestAfter(0)).isEqualTo(70);
    assertThat(log.highestAfter(2)).isEqualTo(44);
    assertThat(log.highestAfter(4)).isZero();
  }
}
