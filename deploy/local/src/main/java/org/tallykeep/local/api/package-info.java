/** {@code tallykeep api}: the OpenAPI documents in the repository are those of the services. */
@NullMarked
package org.tallykeep.local.api;

import org.jspecify.annotations.NullMarked;
