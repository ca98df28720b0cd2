package org.tallykeep.customer.consent;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody said, the stricter the later: of two at the same instant the stricter counts. */
public enum Decision {
  GRANTED,
  REFUSED,
  WITHDRAWN;

  /** As it is sent and kept. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Decision> of(@Nullable String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
