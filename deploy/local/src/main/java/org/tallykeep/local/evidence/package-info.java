/** Receipts and audit trails checked on this machine, without trusting any service. */
@NullMarked
package org.tallykeep.local.evidence;

import org.jspecify.annotations.NullMarked;
