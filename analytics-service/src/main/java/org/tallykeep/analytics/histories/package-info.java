/**
 * Holds every purchase history, opened, in memory: complete as its manifests say, or not at all.
 */
@NullMarked
package org.tallykeep.analytics.histories;

import org.jspecify.annotations.NullMarked;
