/**
 * Keys from the key service, as handles that can be used but not read: batched, cached only as long
 * as they may be, asked for again when the key service is away for a moment, and counted.
 *
 * <p>Key bytes pass through {@link org.tallykeep.keyvault.client.transport} and become handles in
 * {@link org.tallykeep.keyvault.client.KeyVault}; nothing else here sees them.
 */
@NullMarked
package org.tallykeep.keyvault.client;

import org.jspecify.annotations.NullMarked;
