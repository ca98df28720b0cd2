/** What every replica and every client has to hear of at once, in one order. */
@NullMarked
package org.tallykeep.keyvault.event;

import org.jspecify.annotations.NullMarked;
