/**
 * Look-up tags under the versions of the index key that are in force, and their move from one
 * version to the next (docs/adr/0011).
 */
@NullMarked
package org.tallykeep.customer.index;

import org.jspecify.annotations.NullMarked;
