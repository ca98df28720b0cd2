/** Whether a stolen database tells which customer is which purchaser. */
@NullMarked
package org.tallykeep.system.joining;

import org.jspecify.annotations.NullMarked;
