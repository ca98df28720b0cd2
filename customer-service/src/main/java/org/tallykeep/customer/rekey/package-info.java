/** Seals anew what lies under keys that are replaced after an incident (docs/adr/0012). */
@NullMarked
package org.tallykeep.customer.rekey;

import org.jspecify.annotations.NullMarked;
