/** Who asks, and what they may have: denied unless listed. */
@NullMarked
package org.tallykeep.keyvault.access;

import org.jspecify.annotations.NullMarked;
