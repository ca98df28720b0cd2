package org.tallykeep.keyvault.branch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long branch keys stay in memory. */
@ConfigMapping(prefix = "tallykeep.branches")
interface BranchConfig {

  /** Older than this they are not used any more. */
  @WithDefault("15m")
  Duration maxAge();

  /** How often their age is looked at; while the root is away, also how often it is asked. */
  @WithDefault("5s")
  Duration checkEvery();

  /** Older than this they are opened anew, while the old ones still serve. */
  @WithDefault("12m")
  Duration refreshAfter();
}
