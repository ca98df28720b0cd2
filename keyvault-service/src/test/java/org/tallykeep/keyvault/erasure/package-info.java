/** Keys destroyed over HTTP, by several replicas, and after the database was set back. */
@NullMarked
package org.tallykeep.keyvault.erasure;

import org.jspecify.annotations.NullMarked;
