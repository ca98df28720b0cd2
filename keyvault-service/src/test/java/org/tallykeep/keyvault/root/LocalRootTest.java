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
  void whatOneReplicaRotatesAndRetiresTheOtherSeesAtOnce() throws Exception {
    RootKey other = in("root.p12");
    BranchBytes key = new BranchBytes(new KeyRef(UUID.randomUUID(), 1), new byte[32]);
    byte[] before = other.wrap(List.of(key)).getFirst();

    root.rotate();
    byte[] after = other.wrap(List.of(key)).getFirst();
    assertThat(other.versionOf(after)).isEqualTo(2);

    root.retireBefore(2);
    assertThat(other.unwrap(List.of(new BranchBytes(key.branch(), after)))).hasSize(1);
    assertThatThrownBy(() -> other.unwrap(List.of(new BranchBytes(key.branch(), before))))
        .isInstanceOf(RootMismatch.class);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("root.p12"))))
        .isEqualTo("rw-------");
  }

  @Test
  void replicasThatRotateAtOnceEachMakeAVersion() throws Exception {
    Callable<Integer> rotate = () -> in("root.p12").rotate();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var each : threads.invokeAll(Collections.nCopies(4, rotate))) {
        each.get();
      }
    }
    assertThat(root.newestVersion()).isEqualTo(5);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(file("root.p12"), file("root.p12.lock"));
    }
  }

  @Test
  void aFileThatIsGoneIsUnavailableAndNotMadeAnew() throws Exception {
    Files.delete(file("root.p12"));
    assertThatThrownBy(root::newestVersion).isInstanceOf(RootUnavailable.class);
    assertThatThrownBy(root::rotate).isInstanceOf(RootUnavailable.class);
    assertThat(file("root.p12")).doesNotExist();
  }

  @Test
  void aWrongPasswordIsSaidSoWithoutShowingIt() {
    LocalKeyStore wrong =
        new LocalKeyStore(file("root.p12"), "another password", new SecureRandom());
    assertThatThrownBy(wrong::created)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tallykeep.root.local.password")
        .hasMessageNotContaining("another password");
  }

  private RootKey in(String name) {
    return new LocalRoot(
        new LocalKeyStore(file(name), PASSWORD, new SecureRandom()).created(), () -> {});
  }

  private Path file(String name) {
    return directory.resolve(name);
  }
}
