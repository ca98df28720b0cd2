/** The key service. */
@NullMarked
package org.tallykeep.keyvault;

import org.jspecify.annotations.NullMarked;
