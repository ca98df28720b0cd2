/** How requests that come at the same time share work. */
@NullMarked
package org.tallykeep.platform.work;

import org.jspecify.annotations.NullMarked;
