/**
 * Gives everybody another pseudonym after a breach in which pseudonyms were read, while the service
 * runs. Purchasers, their purchases and histories move in one transaction of their own side, links
 * in others of theirs. Why so is in ADR 0018.
 *
 * <p>Whoever else keeps a pseudonym in a row has it moved in {@link
 * org.tallykeep.customer.renewal.RenewalBatch}; whoever writes one that was read before asks {@link
 * org.tallykeep.customer.purchaser.RenewedPseudonyms} within the transaction that holds the index.
 */
@NullMarked
package org.tallykeep.customer.renewal;

import org.jspecify.annotations.NullMarked;
