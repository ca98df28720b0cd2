package org.tallykeep.customer.decoy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Texts like others that reach nobody and that nobody comes upon by chance.
 *
 * <p>None is from a list of reserved names or numbers, though these reach nobody for certain:
 * whoever may search, or sees masks, would go through the list and know the decoys.
 */
public final class LookAlikes {

  private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";
  private static final String ALL = LETTERS + DIGITS;

  /** So many letters and digits, of which no two are alike among billions. */
  private static final int SHORTEST = 12;

  private static final int TRIES = 200;

  private final RandomGenerator random;

  public LookAlikes(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Letters and digits, as many as there, at least twelve. One of another shape than that, so that
   * it is none of the numbers that are given in turn.
   */
  public String code(String like) {
    return letter() + some(ALL, Math.max(SHORTEST, like.length()) - 2) + letter();
  }

  /** A long number. */
  public String number() {
    return (1 + random.nextInt(9)) + some(DIGITS, SHORTEST + 2);
  }

  /**
   * An address of the same domain: masks show it, and those of a domain of its own would be told.
   *
   * @param first the letter that masks show
   */
  public String email(String like, String first) {
    int at = like.lastIndexOf('@');
    return first + some(ALL, Math.max(SHORTEST, at) - 1) + like.substring(at);
  }

  /** A number of the same country and length which no subscriber can have; empty if all may. */
  public Optional<String> phone(String like) {
    try {
      PhoneNumber number = PHONES.parse(like, null);
      String prefix = "+" + number.getCountryCode();
      for (int i = 0; i < TRIES; i++) {
        String drawn = prefix + some(DIGITS, like.length() - prefix.length());
        if (reachesNobody(drawn)) {
          return Optional.of(drawn);
        }
      }
      return Optional.empty();
    } catch (NumberParseException e) {
      // Its message quotes the number.
      return Optional.empty();
    }
  }

  private static boolean reachesNobody(String number) {
    try {
      return !PHONES.isValidNumber(PHONES.parse(number, null));
    } catch (NumberParseException e) {
      return true;
    }
  }

  /** The same with other digits, as of another house in the street. */
  public String otherDigits(String text) {
    StringBuilder changed = new StringBuilder(text.length());
    boolean inNumber = false;
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      boolean digit = sign >= '0' && sign <= '9';
      // No number begins with a zero that did not.
      boolean zero = inNumber || sign == '0';
      changed.append(
          digit ? DIGITS.charAt(zero ? random.nextInt(10) : 1 + random.nextInt(9)) : sign);
      inNumber = digit;
    }
    return changed.toString();
  }

  /** A letter from a to z. */
  public String letter() {
    return some(LETTERS, 1);
  }

  private String some(String signs, int count) {
    StringBuilder some = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      some.append(signs.charAt(random.nextInt(signs.length())));
    }
    return some.toString();
  }
}
