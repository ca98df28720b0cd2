/** Fits the purchase model to the histories and keeps its card. */
@NullMarked
package org.tallykeep.analytics.model;

import org.jspecify.annotations.NullMarked;
