package org.tallykeep.customer.aggregate;

/**
 * A pseudonym's history that would be larger than what is opened at once: more likely a till that
 * writes everything under one name than a customer.
 */
final class HistoryTooLong extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HistoryTooLong(int most) {
    super("a history of one pseudonym would have more than " + most + " bytes");
  }
}
