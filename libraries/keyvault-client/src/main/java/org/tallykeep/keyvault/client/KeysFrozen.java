package org.tallykeep.keyvault.client;

import org.tallykeep.platform.problem.Problem;

/** The key service gives this caller no keys until a security officer has looked at it. */
public final class KeysFrozen extends Problem {

  public KeysFrozen() {
    super(
        new Kind("frozen", 403, "Frozen"),
        "Your access to personal data is frozen. A security officer has to look at it.");
  }
}
