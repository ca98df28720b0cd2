package org.tallykeep.keyvault.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.envelope.KeyRef;

class LocalRootTest extends RootContract {

  private static final String PASSWORD = "a password for this test";

  @TempDir Path directory;
  private RootKey root;

  @BeforeEach
  void create() {
    root = in("root.p12");
  }

  @Override
  RootKey root() {
    return root;
  }

  @Override
  RootKey anotherRoot() {
    return in("another.p12");
  }

  @Test
  void theFileIsForItsOwnerAlone() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("root.p12"))))
        .isEqualTo("rw-------");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file("root.p12"));
    }
  }

  @Test
  void theNextStartFindsTheSameKey() {
    BranchBytes key = new BranchBytes(new KeyRef(UUID.randomUUID(), 1), new byte[32]);
    byte[] wrapped = root.wrap(List.of(key)).getFirst();
    assertThat(in("root.p12").unwrap(List.of(new BranchBytes(key.branch(), wrapped))))
        .containsExactly(key.bytes());
  }

  @Test
  void ofSeveralThatStartAtOnceOneMakesTheKey() throws Exception {
    Callable<RootKey> start = () -> in("shared.p12");
    BranchBytes key = new BranchBytes(new KeyRef(UUID.randomUUID(), 1), new byte[32]);
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<RootKey> roots = new ArrayList<>();
      for (var each : threads.invokeAll(Collections.nCopies(4, start))) {
        roots.add(each.get());
      }
      byte[] wrapped = roots.getFirst().wrap(List.of(key)).getFirst();
      for (RootKey each : roots) {
        assertThat(each.unwrap(List.of(new BranchBytes(key.branch(), wrapped))))
            .containsExactly(key.bytes());
      }
    }
  }

  @Test
  void aWrongPasswordIsSaidSoWithoutShowingIt() {
    LocalKeyStore wrong =
        new LocalKeyStore(file("root.p12"), "another password", new SecureRandom());
    assertThatThrownBy(wrong::openOrCreate)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tallykeep.root.local.password")
        .hasMessageNotContaining("another password");
  }

  private RootKey in(String name) {
    return new LocalRoot(
        new LocalKeyStore(file(name), PASSWORD, new SecureRandom()).openOrCreate());
  }

  private Path file(String name) {
    return directory.resolve(name);
  }
}
