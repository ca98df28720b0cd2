/** What an auditor checks without the service: receipts, the revocation ledger, the audit trail. */
@NullMarked
package org.tallykeep.evidence;

import org.jspecify.annotations.NullMarked;
