/** How well a model fitted to the past foretold what came after. */
@NullMarked
package org.tallykeep.analytics.backtest;

import org.jspecify.annotations.NullMarked;
