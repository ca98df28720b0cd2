/** What goes over the wire to the key service, and how it is asked: plain, patient, measured. */
@NullMarked
package org.tallykeep.keyvault.client.transport;

import org.jspecify.annotations.NullMarked;
