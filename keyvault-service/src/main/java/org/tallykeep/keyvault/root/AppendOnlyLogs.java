package org.tallykeep.keyvault.root;

/** The logs outside the database, by their names. */
@FunctionalInterface
public interface AppendOnlyLogs {

  /**
   * A log; there is no need to make it first.
   *
   * @param name lower-case letters and hyphens
   */
  AppendOnlyLog named(String name);
}
