/** HTTP: hands keys out once the matrix allows it and the audit holds it. */
@NullMarked
package org.tallykeep.keyvault.delivery;

import org.jspecify.annotations.NullMarked;
