/**
 * The real parts as processes on this machine: PostgreSQL, Keycloak and Vault, each fetched once
 * into a cache, and {@link org.tallykeep.local.parts.TestParts} that lends them to tests.
 */
@NullMarked
package org.tallykeep.local.parts;

import org.jspecify.annotations.NullMarked;
