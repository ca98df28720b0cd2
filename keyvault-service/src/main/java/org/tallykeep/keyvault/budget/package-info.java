/**
 * How many records each caller may open in a minute, an hour and a day: counted, never exceeded.
 */
@NullMarked
package org.tallykeep.keyvault.budget;

import org.jspecify.annotations.NullMarked;
