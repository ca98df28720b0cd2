package org.tallykeep.customer.imports;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.cards.Cards;

/** Checks of single texts; refusals name the field and never its content. */
public final class FreeTexts {

  /** A text may be that much longer before it is trimmed and composed. */
  private static final int LONGEST_TIMES = 4;

  private FreeTexts() {}

  /** Trimmed, composed, of a bounded length, without control characters; empty becomes null. */
  public static @Nullable String line(@Nullable String given, String field, int longest) {
    if (given == null) {
      return null;
    }
    // Composing takes time that grows with the square of a run of marks: not for what is refused.
    if (given.length() > LONGEST_TIMES * longest) {
      throw tooLong(field, longest);
    }
    String text = Normalizer.normalize(given.strip(), Normalizer.Form.NFC);
    if (text.length() > longest) {
      throw tooLong(field, longest);
    }
    if (text.codePoints().anyMatch(FreeTexts::isControl)) {
      throw new RowRefusedException("control-character", field, "control characters are refused");
    }
    return text.isEmpty() ? null : text;
  }

  /** As {@link #line}, for texts in which people might write anything, even a card number. */
  public static @Nullable String free(@Nullable String given, String field, int longest) {
    String text = line(given, field, longest);
    if (text != null && Cards.contains(text)) {
      throw new RowRefusedException(
          "card-number", field, "reads as a payment card number, which must not be stored");
    }
    return text;
  }

  private static RowRefusedException tooLong(String field, int longest) {
    return new RowRefusedException("too-long", field, "at most " + longest + " characters");
  }

  private static boolean isControl(int sign) {
    return Character.isISOControl(sign) || Character.getType(sign) == Character.SURROGATE;
  }
}
