/**
 * Ties customers to purchasers and back, without a row, an order or a transaction that shows it.
 */
@NullMarked
package org.tallykeep.customer.purchaser;

import org.jspecify.annotations.NullMarked;
