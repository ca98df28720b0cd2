/** Gives a person all that is held of them, as one file. */
@NullMarked
package org.tallykeep.customer.access;

import org.jspecify.annotations.NullMarked;
