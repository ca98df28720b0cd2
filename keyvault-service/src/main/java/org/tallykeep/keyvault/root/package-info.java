/** The key above all others: in Vault, or in a local file. Nothing else knows Vault. */
@NullMarked
package org.tallykeep.keyvault.root;

import org.jspecify.annotations.NullMarked;
