/**
 * Reads bulk NDJSON and CSV as a stream of constant memory, hands the rows over in batches, and
 * answers row by row in the order of the lines; knows nothing of what the rows mean.
 */
@NullMarked
package org.tallykeep.customer.imports;

import org.jspecify.annotations.NullMarked;
