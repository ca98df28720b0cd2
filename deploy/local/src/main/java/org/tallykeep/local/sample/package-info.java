/** Loads a simulated retailer through the public API, for a first look and for load tests. */
@NullMarked
package org.tallykeep.local.sample;

import org.jspecify.annotations.NullMarked;
