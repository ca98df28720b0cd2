/** What all features of the key service share: its failures, readiness, start-up checks. */
@NullMarked
package org.tallykeep.keyvault.platform;

import org.jspecify.annotations.NullMarked;
