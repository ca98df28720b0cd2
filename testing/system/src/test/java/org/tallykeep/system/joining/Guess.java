package org.tallykeep.system.joining;

import java.util.UUID;

/**
 * A pair that a thief would bet on.
 *
 * @param doubt the less, the surer
 */
record Guess(UUID customer, UUID purchaser, double doubt) {}
