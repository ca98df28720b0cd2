package org.tallykeep.keyvault.grant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a person alone may have a job do. */
@ConfigMapping(prefix = "tallykeep.grants")
interface GrantConfig {

  /** A job of more records waits for a security officer who is not the person. */
  @WithDefault("10000")
  long secondOfficerAbove();

  /** The longest life of a grant. */
  @WithDefault("24h")
  Duration longest();

  /** The most records of a privacy officer's grant, which is for one customer. */
  @WithDefault("100")
  long forOneCustomer();
}
