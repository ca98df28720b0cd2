package org.tallykeep.keyvault.grant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a person alone may have a job do. */
@ConfigMapping(prefix = "tallykeep.grants")
interface GrantConfig {

  /**
   * A job waits for a security officer who is not the person if it asks for more records than this,
   * together with what the person's jobs asked for in the last 24 hours that waited for nobody.
   */
  @WithDefault("10000")
  long secondOfficerAbove();

  /** The longest life of a grant. */
  @WithDefault("24h")
  Duration longest();

  /** The most records of a privacy officer's grant, which is for one customer. */
  @WithDefault("100")
  long forOneCustomer();

  /** How many of those a privacy officer has in any 24 hours; each further one waits. */
  @WithDefault("20")
  int forOneCustomerADay();
}
