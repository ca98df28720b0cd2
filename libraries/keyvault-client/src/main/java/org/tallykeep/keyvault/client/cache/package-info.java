/** How long a handle may be used again, and when it is closed. Knows neither HTTP nor CDI. */
@NullMarked
package org.tallykeep.keyvault.client.cache;

import org.jspecify.annotations.NullMarked;
