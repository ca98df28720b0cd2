/** Puts the predictions made for pseudonyms beside the masked customers they are about. */
@NullMarked
package org.tallykeep.customer.prediction;

import org.jspecify.annotations.NullMarked;
