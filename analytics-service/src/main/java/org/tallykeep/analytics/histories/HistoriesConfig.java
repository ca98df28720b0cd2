package org.tallykeep.analytics.histories;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How histories are loaded. */
@ConfigMapping(prefix = "tallykeep.histories")
public interface HistoriesConfig {

  /**
   * Takes histories that are older than what was seen before: for the start after the customer
   * database was restored from a backup on purpose, and for no other.
   */
  @WithDefault("false")
  boolean acceptOlder();
}
