/**
 * Seals anew what lies under keys that the key service replaces after an incident, and says so; the
 * older versions open nothing from then on. Rows of customers and of purchasers never share a
 * transaction here either. Why so is in ADR 0013.
 */
@NullMarked
package org.tallykeep.customer.rekey;

import org.jspecify.annotations.NullMarked;
