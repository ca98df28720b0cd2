/** Signing by itself. */
@NullMarked
package org.tallykeep.keyvault.signing;

import org.jspecify.annotations.NullMarked;
