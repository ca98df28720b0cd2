/**
 * Imports that are uploaded first, staged sealed, and taken afterwards by a worker that goes on
 * wherever it was cut off.
 */
@NullMarked
package org.tallykeep.customer.jobs;

import org.jspecify.annotations.NullMarked;
