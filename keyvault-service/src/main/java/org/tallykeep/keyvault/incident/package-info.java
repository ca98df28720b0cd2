/** What an officer has to look at: opened by hand or by a touched decoy, told to the outside. */
@NullMarked
package org.tallykeep.keyvault.incident;

import org.jspecify.annotations.NullMarked;
