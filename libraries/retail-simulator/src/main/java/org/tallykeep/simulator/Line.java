package org.tallykeep.simulator;

/**
 * One product of a basket.
 *
 * @param units at least one
 * @param amountMinor what was paid for all units together, in cents
 * @param discountMinor how much more they would have cost without a promotion, in cents
 */
public record Line(Product product, int units, long amountMinor, long discountMinor) {}
