/**
 * Exports of customers and purchases: made by a worker that goes on wherever it was cut off, staged
 * sealed, and fetched by the person who asked until they expire.
 */
@NullMarked
package org.tallykeep.customer.exports;

import org.jspecify.annotations.NullMarked;
