/** The analytics service: opens aggregates in memory, fits models, predicts; knows no person. */
@NullMarked
package org.tallykeep.analytics;

import org.jspecify.annotations.NullMarked;
