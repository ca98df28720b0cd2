package org.tallykeep.keyvault.client;

import java.util.Locale;

/** What the key of a whole data set is for. */
public enum DatasetPurpose {
  /** Purchase events: seals and opens. */
  LEDGER,
  /** Purchase histories and sums: seals and opens. */
  AGGREGATE,
  /** Tags for exact look-up. */
  INDEX,
  /** Codes that show that no aggregate was removed or rolled back. */
  MANIFEST;

  /** As the key service writes it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean seals() {
    return this == LEDGER || this == AGGREGATE;
  }
}
