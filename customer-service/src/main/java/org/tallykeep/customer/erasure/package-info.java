/**
 * Erases customers for good: destroys their keys with signed receipts, removes what is left of them
 * on either side, and does so again after a restore (docs/adr/0015).
 */
@NullMarked
package org.tallykeep.customer.erasure;

import org.jspecify.annotations.NullMarked;
