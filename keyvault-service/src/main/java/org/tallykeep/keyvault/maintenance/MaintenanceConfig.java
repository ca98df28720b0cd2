package org.tallykeep.keyvault.maintenance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** When maintenance runs by itself. */
@ConfigMapping(prefix = "tallykeep.maintenance")
interface MaintenanceConfig {

  /** A Quartz cron expression, or {@code off}. */
  @WithDefault("0 17 3 * * ?")
  String rewriteCron();
}
