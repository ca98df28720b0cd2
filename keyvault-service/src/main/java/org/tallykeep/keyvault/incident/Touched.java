package org.tallykeep.keyvault.incident;

import java.util.SortedSet;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.platform.IdTable;

/** Keys that an incident's principal was given. */
public record Touched(IdTable subjects, IdTable pseudonyms, SortedSet<Purpose> datasets) {}
