/**
 * How many customers are made up, when, and what stands in their values that must not be anybody's:
 * decoys, whose keys freeze whoever opens them (docs/adr/0017).
 */
@NullMarked
package org.tallykeep.customer.decoy;

import org.jspecify.annotations.NullMarked;
