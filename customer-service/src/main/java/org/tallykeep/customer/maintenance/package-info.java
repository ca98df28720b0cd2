/** Runs, on a schedule or on demand, the jobs that take the traces of time out of the tables. */
@NullMarked
package org.tallykeep.customer.maintenance;

import org.jspecify.annotations.NullMarked;
