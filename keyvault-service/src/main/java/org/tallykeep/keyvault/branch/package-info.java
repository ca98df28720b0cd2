/**
 * Branch keys: wrapped by the root, held in memory for a quarter of an hour, used to wrap all
 * others.
 */
@NullMarked
package org.tallykeep.keyvault.branch;

import org.jspecify.annotations.NullMarked;
