package org.tallykeep.keyvault.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.local.parts.TestParts;
import org.tallykeep.local.parts.TestVault;

class VaultAwayTest {

  private static final List<BranchBytes> KEYS =
      List.of(new BranchBytes(new KeyRef(UUID.randomUUID(), 1), new byte[32]));

  @Test
  void aSealedVaultIsUnavailableAndServesAgainOnceUnsealed() throws Exception {
    TestVault vault = TestParts.get().newVault();
    RootKey root = VaultFixture.root(vault);
    assertThat(root.wrap(KEYS)).hasSize(1);

    vault.seal();
    unavailable(root);

    vault.unseal();
    assertThat(root.wrap(KEYS)).hasSize(1);
  }

  @Test
  void aVaultThatRefusesConnectionsIsUnavailable() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    unavailable(VaultFixture.rootAt("http://127.0.0.1:" + port, Duration.ofSeconds(5)));
  }

  @Test
  void aVaultThatNeverAnswersIsUnavailable() throws Exception {
    try (ServerSocket hung = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      unavailable(
          VaultFixture.rootAt("http://127.0.0.1:" + hung.getLocalPort(), Duration.ofMillis(300)));
    }
  }

  private static void unavailable(RootKey root) {
    assertThatThrownBy(() -> root.wrap(KEYS))
        .isInstanceOfSatisfying(
            RootUnavailable.class,
            e -> {
              assertThat(e.kind().status()).isEqualTo(503);
              assertThat(e.retryAfter()).isPositive();
            });
  }
}
