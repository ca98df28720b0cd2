package org.tallykeep.keyvault.rotation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the operator promises about backups. */
@ConfigMapping(prefix = "tallykeep.backup")
public interface BackupConfig {

  /** No backup of the key database is kept for longer. */
  @WithDefault("35d")
  Duration retention();
}
