package org.tallykeep.keyvault.containment;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.tallykeep.keyvault.access.Purpose.Family;

/**
 * A key that is being replaced.
 *
 * @param from the version that was exposed
 * @param to the version that everything is to be sealed under
 * @param left whether the customer service could not seal something of it when it last tried
 */
record Rekey(
    Family kind,
    UUID id,
    int from,
    int to,
    @Schema(description = "Whether the customer service could not seal something of it last time")
        boolean left) {}
