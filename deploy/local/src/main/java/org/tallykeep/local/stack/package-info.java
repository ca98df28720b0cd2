/** The whole of Tallykeep on this machine: brought up, shown and ended, its state in one folder. */
@NullMarked
package org.tallykeep.local.stack;

import org.jspecify.annotations.NullMarked;
