package org.tallykeep.customer.prediction;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the way from pseudonyms to customers is kept in memory. */
@ConfigMapping(prefix = "tallykeep.predictions")
interface PredictionConfig {

  /** The most customers remembered; 64 bytes each. */
  @WithDefault("2000000")
  int remembered();

  /** Up to so many customers are looked through while the caller waits, more in the background. */
  @WithDefault("20000")
  int whileWaiting();

  /** New customers are looked for no more often than this. */
  @WithDefault("PT10S")
  Duration refreshAfter();

  /** After so long everything is looked through anew, so that an erased customer is forgotten. */
  @WithDefault("30m")
  Duration forgetAfter();
}
