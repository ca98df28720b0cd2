/**
 * Counts each purchase of the ledger exactly once into sealed aggregates, accounts for their rows
 * in signed manifests, and streams them to the one service that may open them.
 */
@NullMarked
package org.tallykeep.customer.aggregate;

import org.jspecify.annotations.NullMarked;
