package org.tallykeep.keyvault.branch;

import java.util.Map;

/**
 * How many branch keys must exist. A feature produces one as a bean; what is missing is made when
 * branch keys are next loaded.
 *
 * @param counts by kind, such as {@code subject} or {@code dataset:ledger}
 */
public record BranchDemand(Map<String, Integer> counts) {}
