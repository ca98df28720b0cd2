/** Whether anything sealed can be found in a stolen database. */
@NullMarked
package org.tallykeep.system.leak;

import org.jspecify.annotations.NullMarked;
