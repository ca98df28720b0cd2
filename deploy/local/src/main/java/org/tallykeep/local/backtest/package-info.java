/** Asks the analytics how good the models would have been. */
@NullMarked
package org.tallykeep.local.backtest;

import org.jspecify.annotations.NullMarked;
