/** Tests of the end of sessions. */
@NullMarked
package org.tallykeep.keyvault.session;

import org.jspecify.annotations.NullMarked;
