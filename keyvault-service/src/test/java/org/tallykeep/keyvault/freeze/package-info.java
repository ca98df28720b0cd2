/** Freezes on several replicas. */
@NullMarked
package org.tallykeep.keyvault.freeze;

import org.jspecify.annotations.NullMarked;
