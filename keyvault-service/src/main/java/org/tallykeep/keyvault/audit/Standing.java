package org.tallykeep.keyvault.audit;

import org.tallykeep.keyvault.access.Caller;

/** Whether somebody whose role allows something is trusted at the moment. */
@FunctionalInterface
public interface Standing {

  /** Returns if they are; throws what they are answered if not. */
  void require(Caller caller, String action);
}
