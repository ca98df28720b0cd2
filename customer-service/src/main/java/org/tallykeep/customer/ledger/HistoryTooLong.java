package org.tallykeep.customer.ledger;

/**
 * A pseudonym's history that would be larger than what is opened at once: more likely a till that
 * writes everything under one name than a customer.
 */
public final class HistoryTooLong extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Some thirty thousand lines of purchases: decades of one household. */
  public static final int MOST_BYTES = 1 << 20;

  public HistoryTooLong() {
    super("a history of one pseudonym would have more than " + MOST_BYTES + " bytes");
  }
}
