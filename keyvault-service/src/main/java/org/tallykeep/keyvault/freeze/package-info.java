/** Who gets no keys for now. */
@NullMarked
package org.tallykeep.keyvault.freeze;

import org.jspecify.annotations.NullMarked;
