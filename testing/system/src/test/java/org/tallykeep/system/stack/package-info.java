/** The suite as real processes, spoken to as its users do. */
@NullMarked
package org.tallykeep.system.stack;

import org.jspecify.annotations.NullMarked;
