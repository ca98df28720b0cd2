package org.tallykeep.customer.ledger;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;
import org.tallykeep.customer.imports.RowRefusedException;

/** Amounts of one currency, as decimal strings outside and minor units inside. */
final class Money {

  /** The most that one line may cost, in major units. */
  static final long MOST = 10_000_000;

  private static final Pattern DECIMAL = Pattern.compile("(-?)([0-9]{1,30})(?:\\.([0-9]{1,30}))?");

  private final String code;
  private final int digits;

  private Money(String code, int digits) {
    this.code = code;
    this.digits = digits;
  }

  /**
   * The currency of an ISO 4217 code.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Money of(String code) {
    int digits = Currency.getInstance(code).getDefaultFractionDigits();
    if (digits < 0) {
      throw new IllegalArgumentException("not a currency that is paid in: " + code);
    }
    return new Money(code, digits);
  }

  String code() {
    return code;
  }

  /** Decimal digits of the minor unit. */
  int digits() {
    return digits;
  }

  /** An amount as it is written outside. */
  String decimal(long minor) {
    return BigDecimal.valueOf(minor, digits).toPlainString();
  }

  /** The amount in minor units, or a refusal that names the field. */
  long minor(String text, String field) {
    var decimal = DECIMAL.matcher(text);
    if (!decimal.matches()) {
      throw new RowRefusedException(
          "malformed-amount", field, "an amount is a decimal string such as \"1.99\"");
    }
    if (!decimal.group(1).isEmpty()) {
      throw new RowRefusedException(
          "negative-amount", field, "a purchase has no negative amounts; 0 is allowed");
    }
    String fraction = decimal.group(3) == null ? "" : decimal.group(3);
    if (fraction.length() > digits) {
      throw new RowRefusedException(
          "too-many-decimals", field, code + " has " + digits + " decimal digits");
    }
    String minor = decimal.group(2) + fraction + "0".repeat(digits - fraction.length());
    String significant = minor.replaceFirst("^0+(?=.)", "");
    long most = MOST * (long) Math.pow(10, digits);
    if (significant.length() > 15 || Long.parseLong(significant) > most) {
      throw new RowRefusedException(
          "absurd-amount", field, "more than " + MOST + " for one line: check the unit");
    }
    return Long.parseLong(significant);
  }
}
