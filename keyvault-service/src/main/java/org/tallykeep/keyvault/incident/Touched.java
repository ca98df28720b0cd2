package org.tallykeep.keyvault.incident;

import java.util.Optional;
import java.util.SortedSet;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.platform.IdTable;

/**
 * Keys that an incident's principal was given.
 *
 * @param faults of the audit that says so, and entries that cannot be read: each may hide more;
 *     empty when the audit cannot be verified now
 */
public record Touched(
    IdTable subjects, IdTable pseudonyms, SortedSet<Purpose> datasets, Optional<Long> faults) {}
