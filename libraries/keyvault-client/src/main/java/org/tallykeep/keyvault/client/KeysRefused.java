package org.tallykeep.keyvault.client;

import org.tallykeep.platform.problem.Problem;

/** The key service does not allow the caller this purpose. */
public final class KeysRefused extends Problem {

  private static final Kind KIND = new Kind("purpose-not-allowed", 403, "Not allowed");

  public KeysRefused() {
    super(KIND, "The key service does not allow you this kind of data. Ask for another role.");
  }
}
