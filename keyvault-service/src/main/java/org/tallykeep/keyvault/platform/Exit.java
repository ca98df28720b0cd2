package org.tallykeep.keyvault.platform;

import io.quarkus.runtime.Quarkus;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** The end of this process, for what must not go on. */
@Singleton
public class Exit {

  private static final Logger LOG = Logger.getLogger(Exit.class);

  /** Ends it, with a sentence that says what to do. */
  public void because(String reason) {
    LOG.fatal(reason);
    Quarkus.asyncExit(1);
  }
}
