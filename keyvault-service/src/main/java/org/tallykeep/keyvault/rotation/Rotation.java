package org.tallykeep.keyvault.rotation;

import java.time.Instant;
import java.util.UUID;
import org.tallykeep.keyvault.access.Purpose;

/**
 * A dataset key that was turned over.
 *
 * @param version the version that seals since
 * @param askedBy the officer's {@code sub}
 */
record Rotation(UUID id, Purpose purpose, int version, String askedBy, Instant at) {}
