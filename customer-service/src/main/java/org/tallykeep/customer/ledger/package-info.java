/**
 * The append-only ledger: takes purchases, seals each as an event of its own, and counts none
 * twice.
 */
@NullMarked
package org.tallykeep.customer.ledger;

import org.jspecify.annotations.NullMarked;
