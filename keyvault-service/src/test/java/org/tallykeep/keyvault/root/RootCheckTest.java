package org.tallykeep.keyvault.root;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tallykeep.platform.startup.StartupCheck.Finding;

class RootCheckTest {

  @Test
  void theLocalRootKeyIsSevere() {
    assertSevere(new RootCheck(RootConfig.Type.LOCAL, Optional.empty()), "tallykeep.root.type");
  }

  @Test
  void vaultWithoutEncryptionIsSevere() {
    assertSevere(
        new RootCheck(RootConfig.Type.VAULT, Optional.of("http://vault.example:8200")),
        "quarkus.vault.url");
  }

  @Test
  void noVaultIsSevere() {
    assertSevere(new RootCheck(RootConfig.Type.VAULT, Optional.empty()), "quarkus.vault.url");
    assertSevere(new RootCheck(RootConfig.Type.VAULT, Optional.of(" ")), "quarkus.vault.url");
  }

  @Test
  void vaultBehindHttpsIsFine() {
    assertThat(
            new RootCheck(RootConfig.Type.VAULT, Optional.of("HTTPS://vault.example")).findings())
        .isEmpty();
  }

  private static void assertSevere(RootCheck check, String property) {
    assertThat(check.findings())
        .singleElement()
        .matches(Finding::severe)
        .extracting(Finding::property)
        .isEqualTo(property);
  }
}
