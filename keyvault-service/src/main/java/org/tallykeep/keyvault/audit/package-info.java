/** The audit trail: sealed bodies, chained in lanes, written before anything is released. */
@NullMarked
package org.tallykeep.keyvault.audit;

import org.jspecify.annotations.NullMarked;
