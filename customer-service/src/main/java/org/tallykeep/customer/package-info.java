/** The customer service. */
@NullMarked
package org.tallykeep.customer;

import org.jspecify.annotations.NullMarked;
