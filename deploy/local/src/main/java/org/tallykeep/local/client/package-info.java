/** Talks to the public APIs as any caller would, and keeps trying while a service comes back. */
@NullMarked
package org.tallykeep.local.client;

import org.jspecify.annotations.NullMarked;
