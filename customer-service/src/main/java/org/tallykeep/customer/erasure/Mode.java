package org.tallykeep.customer.erasure;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Refusal;

/** What becomes of an erased customer's purchases. */
enum Mode {
  /** What was counted of them stays, under a pseudonym that is nobody's. */
  SEVER,
  /** All of it goes, as if it had never been. */
  PURGE;

  /** As it is written. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of what was asked for. */
  static Mode of(@Nullable String asked) {
    if (asked == null) {
      return SEVER;
    }
    return Arrays.stream(values())
        .filter(mode -> mode.word().equals(asked))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal.Incomplete(
                    "unknown-mode", "mode is sever or purge; sever if missing."));
  }
}
