/**
 * Which keys are destroyed, as a ledger outside the database tells: a database that is set back to
 * before opens none of them.
 */
@NullMarked
package org.tallykeep.keyvault.revocation;

import org.jspecify.annotations.NullMarked;
