package org.tallykeep.keyvault.root;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tallykeep.local.parts.TestParts;
import org.tallykeep.local.parts.TestVault;

class VaultRootTest extends RootContract {

  private static RootKey root;
  private static RootKey another;

  @BeforeAll
  static void logIn() throws Exception {
    root = VaultFixture.root(TestParts.get().vault());
    another = VaultFixture.root(TestParts.get().vault());
  }

  @Override
  RootKey root() {
    return root;
  }

  @Override
  RootKey anotherRoot() {
    return another;
  }

  @Test
  void theServicesOwnCredentialSetsNothingElseAboutTheKey() throws Exception {
    TestVault vault = TestParts.get().vault();
    var login = vault.newKeyServiceLogin();
    String config = "transit/keys/" + login.transitKey() + "/config";
    String token = VaultFixture.token(vault, login);

    assertThat(VaultFixture.post(vault, token, config, "{\"min_encryption_version\":1}"))
        .isLessThan(300);
    for (String other :
        List.of(
            "deletion_allowed\":true",
            "exportable\":true",
            "allow_plaintext_backup\":true",
            "auto_rotate_period\":\"1h\"")) {
      assertThat(VaultFixture.post(vault, token, config, "{\"" + other + "}")).isEqualTo(403);
    }
    String backup = "transit/keys/" + login.signingKey() + "/config";
    assertThat(VaultFixture.post(vault, token, backup, "{\"min_decryption_version\":1}"))
        .isEqualTo(403);
  }
}
