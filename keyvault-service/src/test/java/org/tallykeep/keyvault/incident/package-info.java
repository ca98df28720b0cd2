/** Decoys, incidents and alerts. */
@NullMarked
package org.tallykeep.keyvault.incident;

import org.jspecify.annotations.NullMarked;
