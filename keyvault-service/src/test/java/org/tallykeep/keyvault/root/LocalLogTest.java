package org.tallykeep.keyvault.root;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLogTest extends LogContract {

  @TempDir Path directory;

  @Override
  AppendOnlyLogs logs() {
    return name -> new LocalLog(directory.resolve(name));
  }

  @Test
  void entriesAreForTheirOwnerAloneAndNothingHalfWrittenStays() throws Exception {
    logs().named("revocations").append(1, new byte[3]);
    Path log = directory.resolve("revocations");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rwx------");
    try (Stream<Path> entries = Files.list(log)) {
      assertThat(entries.toList())
          .singleElement()
          .satisfies(
              entry ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)))
                      .isEqualTo("rw-------"));
    }
  }
}
