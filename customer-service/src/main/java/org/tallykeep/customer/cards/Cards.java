package org.tallykeep.customer.cards;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds payment card numbers in free text (PCI DSS 3.3.1 and 3.5.1: none may be stored).
 *
 * <p>A card number is a run of digits with a known issuer's prefix, a length that issuer uses and a
 * Luhn check digit. Blanks, hyphens and other signs between digits are ignored; digits of any
 * script count. Only for free text: one in ten product codes of thirteen digits passes Luhn.
 */
public final class Cards {

  private static final int SHORTEST = 12;
  private static final int LONGEST = 19;

  /** Signs in a row that still count as one separator: {@code 4111 - 1111 - …}. */
  private static final int WIDEST_SEPARATOR = 3;

  private Cards() {}

  /** Whether the text holds something that reads as a card number. */
  public static boolean contains(String text) {
    List<String> groups = new ArrayList<>();
    StringBuilder digits = new StringBuilder();
    int separator = 0;
    for (int i = 0; i < text.length(); ) {
      int sign = text.codePointAt(i);
      i += Character.charCount(sign);
      int digit = Character.digit(sign, 10);
      if (digit >= 0) {
        digits.append((char) ('0' + digit));
        separator = 0;
        continue;
      }
      if (!digits.isEmpty()) {
        groups.add(digits.toString());
        digits.setLength(0);
      }
      separator++;
      if (Character.isLetter(sign) || separator > WIDEST_SEPARATOR) {
        if (anyCard(groups)) {
          return true;
        }
        groups.clear();
      }
    }
    groups.add(digits.toString());
    return anyCard(groups);
  }

  /** Tries neighbouring groups together: a card never begins or ends within a group of digits. */
  private static boolean anyCard(List<String> groups) {
    for (int first = 0; first < groups.size(); first++) {
      StringBuilder number = new StringBuilder();
      for (int last = first; last < groups.size() && number.length() <= LONGEST; last++) {
        number.append(groups.get(last));
        if (isCard(number)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isCard(CharSequence number) {
    int length = number.length();
    return length >= SHORTEST
        && length <= LONGEST
        && Issuer.knows(number.subSequence(0, 6), length)
        && passesLuhn(number);
  }

  private static boolean passesLuhn(CharSequence number) {
    int sum = 0;
    boolean doubled = false;
    for (int i = number.length() - 1; i >= 0; i--) {
      int digit = number.charAt(i) - '0';
      int value = doubled ? 2 * digit : digit;
      sum += value > 9 ? value - 9 : value;
      doubled = !doubled;
    }
    return sum % 10 == 0;
  }
}
