/** A file outside the database and outside Vault that remembers how far both had come. */
@NullMarked
package org.tallykeep.keyvault.witness;

import org.jspecify.annotations.NullMarked;
