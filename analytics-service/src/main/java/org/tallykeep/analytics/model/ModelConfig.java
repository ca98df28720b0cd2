package org.tallykeep.analytics.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When there is enough to fit a model to, and how often that is done. */
@ConfigMapping(prefix = "tallykeep.model")
public interface ModelConfig {

  /** With fewer customers nothing is predicted. */
  @WithDefault("30")
  int minCustomers();

  /** With fewer customers who came back nothing is predicted. */
  @WithDefault("10")
  int minRepeatBuyers();

  /** Changed histories are fitted anew at most this often, unless somebody asks. */
  @WithDefault("60s")
  Duration refitAfter();

  /** So many model cards are kept. */
  @WithDefault("1000")
  int keptCards();
}
