package org.tallykeep.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.local.parts.Realm;
import org.tallykeep.local.parts.RunningProcess;
import org.tallykeep.local.parts.Vault;
import org.tallykeep.local.parts.VaultSetup.KeyServiceLogin;
import org.tallykeep.local.stack.StackState.Sample;

class StateFolderTest {

  @TempDir private Path directory;
  private StateFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new StateFolder(directory.resolve("state"));
    folder.create();
  }

  @Test
  void theFolderAndTheSecretsAreForThisUserAlone() throws Exception {
    folder.write(StackSecrets.generate());

    assertThat(permissions(folder.directory())).isEqualTo("rwx------");
    assertThat(permissions(folder.secretsFile())).isEqualTo("rw-------");
  }

  @Test
  void aFolderThatOthersCouldReadIsClosed() throws Exception {
    Files.setPosixFilePermissions(folder.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));

    folder.create();

    assertThat(permissions(folder.directory())).isEqualTo("rwx------");
  }

  @Test
  void stateAndSecretsAreReadAsTheyWereWritten() {
    StackState state =
        StackState.of(7400, true, Sample.RETAIL)
            .withRealm("hash")
            .withProcess(Part.VAULT, new RunningProcess(17, 1_000));
    StackSecrets secrets =
        StackSecrets.generate()
            .withVaultKeys(new Vault.Keys("unseal", "root"))
            .withVaultLogin(
                new KeyServiceLogin("name", "role", "secret", "key", "tallykeep-signing", "mount"));

    folder.write(state);
    folder.write(secrets);

    assertThat(folder.state()).contains(state);
    assertThat(folder.secrets()).contains(secrets);
  }

  @Test
  void aBrokenStateIsToldWithWhatToDo() throws Exception {
    Files.writeString(folder.directory().resolve("state.json"), "{\"portBase\":");

    assertThatThrownBy(folder::state).hasMessageContaining("up --fresh");
  }

  @Test
  void aClientThatIsNewInTheRealmGetsASecretAndOthersKeepTheirs() {
    StackState state = StackState.of(7400, false, Sample.NONE);
    StackSecrets made = StackSecrets.generate();
    Map<String, String> fewer = new HashMap<>(made.clientSecrets());
    fewer.remove(Realm.SESSIONS_CLIENT);
    folder.write(
        new StackSecrets(
            made.postgresPassword(),
            made.keycloakAdminPassword(),
            made.localRootPassword(),
            made.databasePasswords(),
            fewer,
            made.peoplePasswords(),
            new Vault.Keys("unseal", "root"),
            new KeyServiceLogin("name", "role", "secret", "key", "tallykeep-signing", "mount")));

    Map<String, String> known = StateStore.open(folder, state).secrets().clientSecrets();

    assertThat(known).containsAllEntriesOf(fewer).containsOnlyKeys(Realm.CLIENTS);
    assertThat(folder.secrets().orElseThrow().clientSecrets()).isEqualTo(known);
  }

  @Test
  void aStateWithoutItsSecretsIsHalfMade() {
    StackState state = StackState.of(7400, false, Sample.NONE);
    folder.write(state);

    assertThatThrownBy(() -> StateStore.open(folder, state)).hasMessageContaining("up --fresh");
  }

  @Test
  void onlyOneProgramChangesAStackAtATime() throws Exception {
    try (FileChannel lock = folder.lock()) {
      assertThat(lock.isOpen()).isTrue();
      assertThatThrownBy(folder::lock).hasMessageContaining("Another ./tallykeep");
    }
  }

  @Test
  void twoStacksNeverShareASecret() {
    StackSecrets one = StackSecrets.generate();
    StackSecrets other = StackSecrets.generate();

    assertThat(one.databasePasswords().values())
        .doesNotContainAnyElementsOf(other.databasePasswords().values())
        .doesNotHaveDuplicates();
    assertThat(one.toString()).doesNotContain(one.postgresPassword());
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
