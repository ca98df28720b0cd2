package org.tallykeep.keyvault.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How entries are gathered into one commit, and witnessed. */
@ConfigMapping(prefix = "tallykeep.audit")
interface AuditConfig {

  /** How long the first entry waits for others; those that come during a commit are a group. */
  @WithDefault("0ms")
  Duration groupWindow();

  /** How many entries one commit takes. */
  @WithDefault("256")
  int groupSize();

  /** How many entries may wait; more than that is refused. */
  @WithDefault("8192")
  int queue();

  /** How long a request waits for its entry. */
  @WithDefault("5s")
  Duration timeout();

  /** How often what was written is witnessed outside the database, while anything was. */
  @WithDefault("5s")
  Duration checkpointEvery();

  /** How long keys are handed out while the audit is written but cannot be witnessed. */
  @WithDefault("15m")
  Duration maxUnwitnessed();
}
