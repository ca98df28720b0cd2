/** Replaces what an incident's principal was given. */
@NullMarked
package org.tallykeep.keyvault.containment;

import org.jspecify.annotations.NullMarked;
