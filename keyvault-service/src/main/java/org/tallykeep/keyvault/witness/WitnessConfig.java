package org.tallykeep.keyvault.witness;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where the witness is. */
@ConfigMapping(prefix = "tallykeep.witness")
interface WitnessConfig {

  /**
   * A file on another machine's disk, say: it is replaced every minute. Without one, whoever sets
   * back the database and Vault together leaves no trace.
   */
  Optional<Path> path();
}
