/** Finds the minimum of a smooth function of a few variables and says how sure it is of it. */
@NullMarked
package org.tallykeep.models.optimise;

import org.jspecify.annotations.NullMarked;
