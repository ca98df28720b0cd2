/** Keys destroyed for good: on demand, and anew after a restore. */
@NullMarked
package org.tallykeep.keyvault.erasure;

import org.jspecify.annotations.NullMarked;
