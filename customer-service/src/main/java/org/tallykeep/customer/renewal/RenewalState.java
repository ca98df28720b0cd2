package org.tallykeep.customer.renewal;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a renewal is at. */
enum RenewalState {
  /** It was asked for, and waits for erasures that were under way. */
  WAITING,
  /** Purchasers, purchases and histories move to new pseudonyms. */
  PSEUDONYMS,
  /** Customers' links are sealed anew. */
  LINKS,
  /** Everything has moved; tags from before still join it with a copy from before. */
  INDEX,
  DONE;

  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RenewalState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
