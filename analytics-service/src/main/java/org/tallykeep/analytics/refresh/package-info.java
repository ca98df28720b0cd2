/** Brings histories and model up to date, on a schedule and on demand. */
@NullMarked
package org.tallykeep.analytics.refresh;

import org.jspecify.annotations.NullMarked;
