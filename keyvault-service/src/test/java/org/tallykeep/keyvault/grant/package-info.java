/** Jobs' grants. */
@NullMarked
package org.tallykeep.keyvault.grant;

import org.jspecify.annotations.NullMarked;
