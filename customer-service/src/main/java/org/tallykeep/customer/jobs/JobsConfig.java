package org.tallykeep.customer.jobs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How imports that were uploaded are taken. */
@ConfigMapping(prefix = "tallykeep.import-jobs")
interface JobsConfig {

  /** Whether this replica takes them; another may do it for all. */
  @WithDefault("true")
  boolean enabled();

  /** How often to look for jobs that another replica was given or left. */
  @WithDefault("2s")
  Duration poll();

  /**
   * How long after its last batch a job is another replica's to take over; longer than any batch.
   */
  @WithDefault("60s")
  Duration lease();

  /** How long to wait when something is away that a job needs. */
  @WithDefault("5s")
  Duration pause();

  /** The most bytes that lie staged of all jobs together. */
  @WithDefault("68719476736")
  long mostStaged();

  /** How long an ended job and its errors can be asked for. */
  @WithDefault("30d")
  Duration keep();
}
