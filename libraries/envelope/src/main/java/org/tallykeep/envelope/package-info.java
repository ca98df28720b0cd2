/** Keys in hand and the sealed record: the only place where key bytes become ciphers. */
@NullMarked
package org.tallykeep.envelope;

import org.jspecify.annotations.NullMarked;
