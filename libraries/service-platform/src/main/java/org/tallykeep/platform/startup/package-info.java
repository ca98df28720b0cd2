/** What must hold before a service answers its first request. */
@NullMarked
package org.tallykeep.platform.startup;

import org.jspecify.annotations.NullMarked;
