/** Finds payment card numbers in free text, so that none is ever stored. */
@NullMarked
package org.tallykeep.customer.cards;

import org.jspecify.annotations.NullMarked;
