package org.tallykeep.keyvault.dataset;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How long one version of a dataset key is sealed with. */
@ConfigMapping(prefix = "tallykeep.datasets")
interface DatasetConfig {

  /**
   * How many messages one version may seal before a new one takes over. AES-GCM with random nonces
   * allows 2^32; half of that is the most that can be set.
   */
  @WithDefault("2147483648")
  @Min(1)
  @Max(2147483648L)
  long turnoverAt();
}
