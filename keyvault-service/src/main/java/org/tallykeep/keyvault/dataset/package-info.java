/** Dataset keys: versioned, sealed with under counted leases. */
@NullMarked
package org.tallykeep.keyvault.dataset;

import org.jspecify.annotations.NullMarked;
