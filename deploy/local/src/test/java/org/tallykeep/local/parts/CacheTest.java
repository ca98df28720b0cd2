package org.tallykeep.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {

  @TempDir private Path directory;

  @Test
  void anEntryIsFilledOnceAndThenFound() throws Exception {
    Cache cache = new Cache(directory);
    Path first = cache.entry("part-1", empty -> Files.writeString(empty.resolve("file"), "one"));

    Path second = cache.entry("part-1", empty -> Files.writeString(empty.resolve("file"), "two"));

    assertThat(second).isEqualTo(first);
    assertThat(second.resolve("file")).hasContent("one");
  }

  @Test
  void whatWasLeftHalfFilledIsMadeAnew() {
    Cache cache = new Cache(directory);
    assertThatThrownBy(
            () ->
                cache.entry(
                    "part-1",
                    empty -> {
                      Files.writeString(empty.resolve("leftover"), "half");
                      throw new IOException("broken off");
                    }))
        .hasMessageContaining("cannot be filled");

    Path entry = cache.entry("part-1", empty -> Files.writeString(empty.resolve("file"), "whole"));

    assertThat(entry.resolve("file")).hasContent("whole");
    assertThat(entry.resolve("leftover")).doesNotExist();
  }
}
