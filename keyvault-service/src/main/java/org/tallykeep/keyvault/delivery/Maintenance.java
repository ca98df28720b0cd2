package org.tallykeep.keyvault.delivery;

import jakarta.inject.Singleton;
import java.util.List;
import org.tallykeep.keyvault.access.Caller;
import org.tallykeep.keyvault.access.PurposeMatrix;

/** Leave to run maintenance: given or refused, written down either way. */
@Singleton
public class Maintenance {

  private final Gate gate;

  Maintenance(Gate gate) {
    this.gate = gate;
  }

  /** Returns if the caller may. */
  public void require(Caller caller, String action) {
    Ask ask = Ask.of(caller, action, "", 0);
    gate.require(PurposeMatrix.mayMaintain(caller), ask, List.of());
    gate.release(ask, List.of());
  }
}
