package org.tallykeep.keyvault.client;

/** Whether the key service would have been heard, had it said that keys are not to be used. */
@FunctionalInterface
interface Hearing {

  /** When not, no key that is kept in memory is used. */
  boolean isRecent();
}
