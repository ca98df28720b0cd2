package org.tallykeep.keyvault.revocation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What becomes of a service whose ledger is broken. */
@ConfigMapping(prefix = "tallykeep.ledger")
public interface LedgerConfig {

  /**
   * Whether the service stays up, without being ready and without opening anything, so that two
   * officers can take a ledger that lost entries as it is. Otherwise it ends.
   */
  @WithDefault("false")
  boolean recovery();
}
