package org.tallykeep.keyvault.branch;

/**
 * A table of keys wrapped under branches, with the columns {@code id}, {@code version}, {@code
 * branch}, {@code branch_version} and {@code wrapped}. A feature produces one as a bean for each of
 * its tables.
 *
 * @param name the table's
 * @param kind what its keys are wrapped as: an SQL expression over its row {@code t}
 */
public record WrappedTable(String name, String kind) {}
