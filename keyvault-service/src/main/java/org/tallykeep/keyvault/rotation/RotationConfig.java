package org.tallykeep.keyvault.rotation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** How often keys are turned over by themselves. */
@ConfigMapping(prefix = "tallykeep.rotation")
interface RotationConfig {

  /** The root key. */
  @WithDefault("7d")
  Cryptoperiod rootEvery();

  /** The branch keys, all of them together. */
  @WithDefault("7d")
  Cryptoperiod branchesEvery();

  /** Dataset keys, by purpose; one that is not listed is turned over by its use alone. */
  Map<String, Cryptoperiod> datasetsEvery();

  /** How often jobs are gone on with; {@code off} where a test does it. */
  @WithDefault("1s")
  String checkEvery();

  /** How often it is looked at which version of the root key no backup needs any more. */
  @WithDefault("1h")
  String retireEvery();

  /** How often it is looked at what is due. */
  @WithDefault("10s")
  String dueEvery();
}
