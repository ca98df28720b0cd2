package org.tallykeep.keyvault.containment;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.keyvault.access.Purpose.Family;

/**
 * A key that is being replaced.
 *
 * @param from the version that was exposed
 * @param to the version that everything is to be sealed under
 * @param leftSince since when the customer service cannot seal something of it
 */
record Rekey(Family kind, UUID id, int from, int to, Optional<Instant> leftSince) {}
