package org.tallykeep.keyvault.grant;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What happens when a decoy's key is asked for. */
public enum DecoyRule {
  /** Nothing of the batch is released, and an incident is opened. */
  REFUSE,
  /** As if there were no such key. */
  SKIP,
  /** Released like any other. */
  INCLUDE;

  /** As written in requests and in the table. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static DecoyRule of(String label) {
    return Arrays.stream(values())
        .filter(rule -> rule.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown rule for decoys"));
  }
}
