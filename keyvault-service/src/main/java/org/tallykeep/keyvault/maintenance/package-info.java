/** Rewrites the key tables in the order of random ids, so that row order tells nothing. */
@NullMarked
package org.tallykeep.keyvault.maintenance;

import org.jspecify.annotations.NullMarked;
