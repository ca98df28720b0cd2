/** Measures the hot paths; timings belong here and never into tests. */
@NullMarked
package org.tallykeep.benchmarks;

import org.jspecify.annotations.NullMarked;
