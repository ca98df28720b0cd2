/** Measures the running system: {@code tallykeep bench}. */
@NullMarked
package org.tallykeep.local.bench;

import org.jspecify.annotations.NullMarked;
