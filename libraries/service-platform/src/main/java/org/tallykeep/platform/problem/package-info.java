/** What went wrong, told to the caller as a problem document (RFC 9457) and never more. */
@NullMarked
package org.tallykeep.platform.problem;

import org.jspecify.annotations.NullMarked;
