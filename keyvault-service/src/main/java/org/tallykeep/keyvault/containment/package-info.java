/** Replaces what an incident's principal was given; why so is in ADR 0013. */
@NullMarked
package org.tallykeep.keyvault.containment;

import org.jspecify.annotations.NullMarked;
