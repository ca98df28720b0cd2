/** Asks the key service for keys: batched, cached within the limits, retried, measured. */
@NullMarked
package org.tallykeep.keyvault.client;

import org.jspecify.annotations.NullMarked;
