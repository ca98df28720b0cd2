package org.tallykeep.keyvault.root;

import org.junit.jupiter.api.BeforeEach;
import org.tallykeep.local.parts.TestParts;

class VaultLogTest extends LogContract {

  private AppendOnlyLogs logs;

  @BeforeEach
  void logIn() throws Exception {
    logs = VaultFixture.trust(TestParts.get().vault()).logs();
  }

  @Override
  AppendOnlyLogs logs() {
    return logs;
  }
}
