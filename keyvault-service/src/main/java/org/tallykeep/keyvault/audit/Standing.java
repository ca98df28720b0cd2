package org.tallykeep.keyvault.audit;

import org.tallykeep.keyvault.access.Caller;

/** Whether somebody whose role allows something is trusted at the moment. */
public interface Standing {

  /**
   * Returns if they are; throws what they are answered if not.
   *
   * @throws org.tallykeep.platform.problem.Unavailable before the service knows who is
   */
  void require(Caller caller, String action);

  /** By what is known, though it may not be all: for what has to be done before that. */
  void requireSoFar(Caller caller, String action);
}
