package org.tallykeep.local.importer;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Reads money and counts, within bounds no shop passes. */
final class Amounts {

  private static final int MAX_LENGTH = 40;
  private static final int MAX_SCALE = 60;
  private static final BigDecimal MAX_AMOUNT = new BigDecimal("10000000");
  private static final long MAX_UNITS = 1_000_000;

  /** Sums made in floating point carry dust such as 4.4e-16: below this it is not an amount. */
  private static final BigDecimal DUST = new BigDecimal("0.000001");

  private Amounts() {}

  /** An amount in units of the currency, with two decimals. */
  static BigDecimal money(String text, String column) {
    BigDecimal amount = number(text, column);
    BigDecimal cents = amount.setScale(2, RoundingMode.HALF_EVEN);
    if (amount.subtract(cents).abs().compareTo(DUST) > 0) {
      throw new RowRefusal.Exception("amount-too-fine", column + ": more than two decimals");
    }
    if (cents.signum() < 0) {
      throw new RowRefusal.Exception("negative-amount", column + ": is negative");
    }
    if (cents.compareTo(MAX_AMOUNT) > 0) {
      throw new RowRefusal.Exception("absurd-amount", column + ": is above " + MAX_AMOUNT);
    }
    return cents;
  }

  /** A whole number of units, 0 included: coupons and deposits are booked so. */
  static long units(String text, String column) {
    BigDecimal units = number(text, column);
    if (units.stripTrailingZeros().scale() > 0) {
      throw new RowRefusal.Exception("broken-units", column + ": is not a whole number");
    }
    if (units.signum() < 0) {
      throw new RowRefusal.Exception("negative-units", column + ": is negative");
    }
    if (units.compareTo(BigDecimal.valueOf(MAX_UNITS)) > 0) {
      throw new RowRefusal.Exception("absurd-units", column + ": is above " + MAX_UNITS);
    }
    return units.longValueExact();
  }

  private static BigDecimal number(String text, String column) {
    try {
      if (text.length() <= MAX_LENGTH) {
        BigDecimal number = new BigDecimal(text);
        // Before any arithmetic: 1e999999999 would be written out digit by digit.
        if (Math.abs((long) number.scale()) <= MAX_SCALE) {
          return number;
        }
      }
    } catch (NumberFormatException e) {
      throw new RowRefusal.Exception(
          "not-a-number", column + ": is not a number such as 1234.56 (no thousands separator)");
    }
    throw new RowRefusal.Exception("absurd-amount", column + ": has too many digits");
  }
}
