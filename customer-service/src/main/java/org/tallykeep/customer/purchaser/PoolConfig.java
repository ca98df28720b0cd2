package org.tallykeep.customer.purchaser;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many purchasers are made ahead of the customers who will get them. */
@ConfigMapping(prefix = "tallykeep.pool")
interface PoolConfig {

  /**
   * How many unclaimed purchasers a refill leaves. A thief who knows when the pool was filled and
   * who signed up since has this many to choose from: less than 10,000 is for tests.
   */
  @WithDefault("10000")
  int size();

  /** How many are claimed into memory at once; at least twice this many are drawn from. */
  @WithDefault("1000")
  int block();

  /** How often the pool is looked after; {@code off} leaves it to the requests that need it. */
  @WithDefault("30s")
  String refillEvery();
}
