/** What the key service signs, and the keys to check it with. */
@NullMarked
package org.tallykeep.keyvault.signing;

import org.jspecify.annotations.NullMarked;
