/**
 * Carries what is known of customers to their sealed histories, later than it came to be known and
 * in a crowd, so that neither a row nor a transaction shows whose it is.
 */
@NullMarked
package org.tallykeep.customer.traits;

import org.jspecify.annotations.NullMarked;
