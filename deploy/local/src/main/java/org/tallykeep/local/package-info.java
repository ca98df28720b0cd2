/** Tallykeep on one machine. */
@NullMarked
package org.tallykeep.local;

import org.jspecify.annotations.NullMarked;
