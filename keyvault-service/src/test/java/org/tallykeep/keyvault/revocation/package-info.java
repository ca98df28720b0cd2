/** The ledger by itself, on logs in memory. */
@NullMarked
package org.tallykeep.keyvault.revocation;

import org.jspecify.annotations.NullMarked;
