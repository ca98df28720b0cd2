package org.tallykeep.keyvault.root;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.local.parts.TestParts;
import org.tallykeep.local.parts.TestVault;
import org.tallykeep.local.parts.VaultSetup;

class VaultLogTest extends LogContract {

  private final TestVault vault = TestParts.get().vault();
  private VaultSetup.KeyServiceLogin login;
  private AppendOnlyLogs logs;

  @BeforeEach
  void logIn() throws Exception {
    login = vault.newKeyServiceLogin();
    logs = VaultFixture.trust(vault, login, VaultFixture.token(vault, login)).logs();
  }

  @Test
  void anEntryThatSomebodyDeletedIsNotTakenForOneThatIsLost() throws Exception {
    AppendOnlyLog log = logs.named("revocations");
    log.append(1, new byte[] {1, 2, 3});
    String path = login.logMount() + "/delete/revocations/000000000001";
    int status = VaultFixture.post(vault, vault.rootToken(), path, "{\"versions\":[1]}");
    assertThat(status).isEqualTo(204);

    assertThat(log.read(1)).hasValueSatisfying(entry -> assertThat(entry).isEmpty());
    assertThat(log.append(1, new byte[] {1, 2, 3})).isFalse();
    assertThat(log.read(2)).isEmpty();
  }

  @Override
  AppendOnlyLogs logs() {
    return logs;
  }
}
