package org.tallykeep.keyvault.branch;

/**
 * What is in memory and what is in the tables do not fit: a rotation came in between. Both are to
 * be read anew.
 */
public final class StaleBranches extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StaleBranches() {
    super("branch keys were rotated meanwhile", null, false, false);
  }
}
