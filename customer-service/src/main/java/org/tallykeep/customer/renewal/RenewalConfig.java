package org.tallykeep.customer.renewal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How everybody's pseudonyms are renewed, when an officer asks for it. */
@ConfigMapping(prefix = "tallykeep.renewal")
interface RenewalConfig {

  /** How often it is looked whether there is something to do; {@code off} never looks. */
  @WithDefault("5s")
  String checkEvery();

  /** At most so many pseudonyms move in one transaction. */
  @WithDefault("200")
  int pseudonyms();

  /** And so many purchases, or one pseudonym with more: whoever sends purchases waits for it. */
  @WithDefault("2000")
  int purchases();

  /**
   * After each such transaction others have the ledger for as long as it took, at most for this.
   */
  @WithDefault("PT1S")
  Duration rest();
}
