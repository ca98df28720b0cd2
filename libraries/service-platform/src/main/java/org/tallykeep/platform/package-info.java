/** What every service does alike: problem documents, start-up checks, tokens between services. */
@NullMarked
package org.tallykeep.platform;

import org.jspecify.annotations.NullMarked;
