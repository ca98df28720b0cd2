/** The tokens this service sends when it calls another one. */
@NullMarked
package org.tallykeep.platform.token;

import org.jspecify.annotations.NullMarked;
