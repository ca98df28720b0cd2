package org.tallykeep.customer.decoy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many customers are made up. */
@ConfigMapping(prefix = "tallykeep.decoys")
public interface DecoyConfig {

  /** Decoys for each customer, from 0, which is none, to 1. */
  @WithDefault("0.01")
  double share();
}
