package org.tallykeep.keyvault.root;

import org.junit.jupiter.api.BeforeAll;
import org.tallykeep.local.parts.TestParts;

class VaultSigningKeyTest extends SigningContract {

  private static SigningKey key;

  @BeforeAll
  static void logIn() throws Exception {
    key = VaultFixture.trust(TestParts.get().vault()).signingKey();
  }

  @Override
  SigningKey key() {
    return key;
  }
}
