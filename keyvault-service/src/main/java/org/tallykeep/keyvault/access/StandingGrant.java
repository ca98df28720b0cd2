package org.tallykeep.keyvault.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a service may do without a person, once and for all. */
public enum StandingGrant {
  MIXER,
  INGEST,

  /** Opens both versions of keys that are being replaced, and no others. */
  REKEY,

  /** Opens what tags are made of, so that they can be made anew under another key. */
  REINDEX;

  /** As written in requests and in the table of grants. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<StandingGrant> named(String label) {
    return Arrays.stream(values()).filter(g -> g.label().equals(label)).findFirst();
  }
}
