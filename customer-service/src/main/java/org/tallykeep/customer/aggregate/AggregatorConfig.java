package org.tallykeep.customer.aggregate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How eagerly purchases are counted. */
@ConfigMapping(prefix = "tallykeep.aggregator")
interface AggregatorConfig {

  /** Whether this replica counts; another may do it for all. */
  @WithDefault("true")
  boolean enabled();

  /** Shards that are counted at the same time. */
  @WithDefault("2")
  int threads();

  /** How often to look for what other replicas accepted. */
  @WithDefault("1s")
  Duration poll();

  /**
   * How long to gather after something was accepted, so that an import is counted in large bites.
   */
  @WithDefault("200ms")
  Duration gather();
}
