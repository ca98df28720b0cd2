/** Sessions of frozen people, ended where they log in. */
@NullMarked
package org.tallykeep.keyvault.session;

import org.jspecify.annotations.NullMarked;
