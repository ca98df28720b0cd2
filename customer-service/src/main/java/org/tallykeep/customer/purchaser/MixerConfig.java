package org.tallykeep.customer.purchaser;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** When purchasers learn which customer they belong to. */
@ConfigMapping(prefix = "tallykeep.mixer")
public interface MixerConfig {

  /** So many customers waiting start the mixer; they are the crowd that each of them hides in. */
  @WithDefault("1000")
  int crowd();

  /** How many customers one round mixes at most. */
  @WithDefault("5000")
  int round();

  /** How often the crowd is counted; {@code off} for never. */
  @WithDefault("30s")
  String checkEvery();

  /** When those who wait are mixed however few they are. */
  @WithDefault("0 17 2 * * ?")
  String daily();
}
