/** The witness's file by itself. */
@NullMarked
package org.tallykeep.keyvault.witness;

import org.jspecify.annotations.NullMarked;
