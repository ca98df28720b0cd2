/** Turns keys over on demand. */
@NullMarked
package org.tallykeep.keyvault.rotation;

import org.jspecify.annotations.NullMarked;
