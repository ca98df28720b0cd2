package org.tallykeep.customer.profile;

import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.FreeTexts;

/** Checks of single texts; refusals name the field and never its content. */
final class Texts {

  private Texts() {}

  /** Trimmed, composed, of a bounded length, without control characters; empty becomes null. */
  static @Nullable String line(@Nullable String given, String field, int longest) {
    return FreeTexts.line(given, field, longest);
  }

  /** As {@link #line}, for texts in which people might write anything, even a card number. */
  static @Nullable String free(@Nullable String given, String field, int longest) {
    return FreeTexts.free(given, field, longest);
  }
}
