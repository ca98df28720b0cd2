/**
 * The root of trust, outside the database: the key above all others, the key that signs, and logs
 * that are only added to. In Vault, or in local files. Nothing else knows Vault.
 */
@NullMarked
package org.tallykeep.keyvault.root;

import org.jspecify.annotations.NullMarked;
