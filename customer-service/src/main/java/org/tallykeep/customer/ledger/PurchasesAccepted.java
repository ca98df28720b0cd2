package org.tallykeep.customer.ledger;

/**
 * Purchases were committed to the ledger and wait to be counted.
 *
 * @param count how many
 */
public record PurchasesAccepted(int count) {}
