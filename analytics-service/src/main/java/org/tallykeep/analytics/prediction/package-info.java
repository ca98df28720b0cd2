/** What a fitted model expects of single purchasers; computed when asked, stored nowhere. */
@NullMarked
package org.tallykeep.analytics.prediction;

import org.jspecify.annotations.NullMarked;
