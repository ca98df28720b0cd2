package org.tallykeep.keyvault.delivery;

/** An answer that holds key bytes, to be zeroed once it is written. */
interface CarriesKeys {
  void zero();
}
