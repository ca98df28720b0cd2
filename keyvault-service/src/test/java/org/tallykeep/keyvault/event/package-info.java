/** Events without the framework. */
@NullMarked
package org.tallykeep.keyvault.event;

import org.jspecify.annotations.NullMarked;
