/** What every feature of the customer service uses and none owns: transactions, keys, settings. */
@NullMarked
package org.tallykeep.customer.platform;

import org.jspecify.annotations.NullMarked;
