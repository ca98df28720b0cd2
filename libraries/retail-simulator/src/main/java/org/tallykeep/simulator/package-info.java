/**
 * A seeded retailer: who exists, what they buy and when; everyone and everything in it is invented.
 *
 * <p>A deterministic function of {@link org.tallykeep.simulator.RetailerParameters}: no clock, no
 * shared random state, no number that depends on how many threads ask.
 */
@NullMarked
package org.tallykeep.simulator;

import org.jspecify.annotations.NullMarked;
