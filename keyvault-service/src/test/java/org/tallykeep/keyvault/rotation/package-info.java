/** Rotation over HTTP. */
@NullMarked
package org.tallykeep.keyvault.rotation;

import org.jspecify.annotations.NullMarked;
