package org.tallykeep.keyvault.client;

import java.util.Locale;

/** What needs the key service's half: tags of contact fields, and marks of erased customers. */
public enum TagField {
  EMAIL,
  PHONE,
  SUPPRESSION;

  /** As the key service writes it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
