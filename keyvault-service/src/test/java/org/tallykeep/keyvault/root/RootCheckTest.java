package org.tallykeep.keyvault.root;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tallykeep.platform.startup.StartupCheck.Finding;

class RootCheckTest {

  @Test
  void theLocalRootKeyIsSevere() {
    assertSevere(check(RootConfig.Type.LOCAL, Optional.empty()), "tallykeep.root.type");
  }

  @Test
  void vaultWithoutEncryptionIsSevere() {
    assertSevere(
        check(RootConfig.Type.VAULT, Optional.of("http://vault.example:8200")),
        "quarkus.vault.url");
  }

  @Test
  void noVaultIsSevere() {
    assertSevere(check(RootConfig.Type.VAULT, Optional.empty()), "quarkus.vault.url");
    assertSevere(check(RootConfig.Type.VAULT, Optional.of(" ")), "quarkus.vault.url");
  }

  @Test
  void vaultBehindHttpsIsFine() {
    assertThat(check(RootConfig.Type.VAULT, Optional.of("HTTPS://vault.example")).findings())
        .isEmpty();
  }

  @Test
  void anybodyWhoCouldPoseAsVaultIsSevere() {
    assertSevere(
        new RootCheck(
            RootConfig.Type.VAULT,
            Optional.of("https://vault.example"),
            List.of("quarkus.tls.trust-all")),
        "quarkus.tls.trust-all");
  }

  private static RootCheck check(RootConfig.Type type, Optional<String> url) {
    return new RootCheck(type, url, List.of());
  }

  private static void assertSevere(RootCheck check, String property) {
    assertThat(check.findings())
        .singleElement()
        .matches(Finding::severe)
        .extracting(Finding::property)
        .isEqualTo(property);
  }
}
