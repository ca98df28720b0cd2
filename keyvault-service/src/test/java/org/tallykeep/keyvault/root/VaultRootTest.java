package org.tallykeep.keyvault.root;

import org.junit.jupiter.api.BeforeAll;
import org.tallykeep.local.parts.TestParts;

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
}
