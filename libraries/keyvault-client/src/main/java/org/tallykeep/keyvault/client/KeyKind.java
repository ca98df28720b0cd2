package org.tallykeep.keyvault.client;

import java.util.Locale;

/** Which of the two unrelated kinds of record keys. */
public enum KeyKind {
  SUBJECT,
  PSEUDONYM;

  /** As the key service writes it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
