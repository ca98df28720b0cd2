/** The analytics service. */
@NullMarked
package org.tallykeep.analytics;

import org.jspecify.annotations.NullMarked;
