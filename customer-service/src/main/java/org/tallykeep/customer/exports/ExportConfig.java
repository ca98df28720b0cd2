package org.tallykeep.customer.exports;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How exports are made and kept. */
@ConfigMapping(prefix = "tallykeep.export-jobs")
interface ExportConfig {

  /** How often to look for jobs; {@code off} leaves them to other replicas. */
  @WithDefault("1s")
  String checkEvery();

  /**
   * How long after its last checkpoint a job is another replica's to take over; longer than it
   * takes to look through all customers once.
   */
  @WithDefault("2m")
  Duration lease();

  /** How long to wait when something is away that a job needs. */
  @WithDefault("5s")
  Duration pause();

  /** How long a file can be fetched. */
  @WithDefault("24h")
  Duration keepFile();

  /** How long the key service's grant for customers lasts; it allows less than a day. */
  @WithDefault("23h")
  Duration grantFor();

  /** The most bytes that lie staged of all jobs together. */
  @WithDefault("34359738368")
  long mostStaged();

  /** How long an ended job can be asked for. */
  @WithDefault("30d")
  Duration keep();
}
