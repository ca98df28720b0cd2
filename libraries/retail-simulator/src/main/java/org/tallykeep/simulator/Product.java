package org.tallykeep.simulator;

/**
 * Something on a shelf.
 *
 * @param code unique at this retailer
 * @param name invented
 * @param priceMinor what a unit costs in the first year, in cents
 */
public record Product(
    String code, String name, String category, String department, int priceMinor) {}
