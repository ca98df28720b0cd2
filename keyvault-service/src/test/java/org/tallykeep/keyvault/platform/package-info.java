/** What all features share, by itself. */
@NullMarked
package org.tallykeep.keyvault.platform;

import org.jspecify.annotations.NullMarked;
