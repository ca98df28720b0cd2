/** A seeded retailer: who exists, what they buy and when. */
@NullMarked
package org.tallykeep.simulator;

import org.jspecify.annotations.NullMarked;
