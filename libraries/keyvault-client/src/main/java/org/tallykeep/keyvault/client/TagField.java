package org.tallykeep.keyvault.client;

import java.util.Locale;

/** The contact fields whose tags need the key service's half. */
public enum TagField {
  EMAIL,
  PHONE;

  /** As the key service writes it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
