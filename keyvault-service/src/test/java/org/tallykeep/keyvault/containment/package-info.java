/** Containment over HTTP, with the test as the service that seals anew. */
@NullMarked
package org.tallykeep.keyvault.containment;

import org.jspecify.annotations.NullMarked;
