package org.tallykeep.customer.renewal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A renewal as it stands in its row.
 *
 * @param indexVersion the newest version of the index key when it began
 * @param total how many there are of what the present state is about
 * @param stateSince when the present state began
 */
record Renewal(
    UUID id,
    RenewalState state,
    int indexVersion,
    long total,
    long done,
    Instant started,
    Instant stateSince,
    @Nullable Instant ended) {}
