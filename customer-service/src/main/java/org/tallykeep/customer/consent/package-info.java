/**
 * Keeps what customers allowed and what they did not, by purpose and with its whole history, sealed
 * so that it needs no person to be respected.
 */
@NullMarked
package org.tallykeep.customer.consent;

import org.jspecify.annotations.NullMarked;
