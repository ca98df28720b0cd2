/**
 * Subject and pseudonym keys: two tables that share nothing, from which purpose keys are derived.
 */
@NullMarked
package org.tallykeep.keyvault.person;

import org.jspecify.annotations.NullMarked;
