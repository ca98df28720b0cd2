package org.tallykeep.customer.rekey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How keys are replaced. */
@ConfigMapping(prefix = "tallykeep.rekey")
interface RekeyConfig {

  /** How often the key service is asked; {@code off} leaves it to maintenance. */
  @WithDefault("30s")
  String checkEvery();

  /**
   * For how long nothing of a key was found before that is believed. A key that was just made has
   * no row yet; who makes it has {@link #writeWithin} to write one.
   */
  @WithDefault("PT5M")
  Duration absentFor();

  /** How long after a key was asked for its row may still be written: at most half of the above. */
  @WithDefault("PT2M30S")
  Duration writeWithin();
}
