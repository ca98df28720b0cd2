/** Leave for jobs that outlive the token of the person who started them. */
@NullMarked
package org.tallykeep.keyvault.grant;

import org.jspecify.annotations.NullMarked;
