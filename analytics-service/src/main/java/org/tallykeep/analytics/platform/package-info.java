/** What the features share: refusals, the calling service, plain JDBC. */
@NullMarked
package org.tallykeep.analytics.platform;

import org.jspecify.annotations.NullMarked;
