/** The promises of the whole suite, tried on real PostgreSQL, Keycloak and Vault. */
@NullMarked
package org.tallykeep.system;

import org.jspecify.annotations.NullMarked;
