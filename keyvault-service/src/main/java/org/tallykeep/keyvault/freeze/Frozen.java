package org.tallykeep.keyvault.freeze;

import org.tallykeep.platform.problem.Problem;

/** The principal gets no keys until a security officer lifts it. */
public final class Frozen extends Problem {

  public Frozen() {
    super(
        new Kind("frozen", 403, "Frozen"),
        "Key requests of this principal are frozen. A security officer has to look at the incident"
            + " and lift it.");
  }
}
