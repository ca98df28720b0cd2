/** Turns keys over, on demand and on a schedule, by jobs that whoever comes next goes on with. */
@NullMarked
package org.tallykeep.keyvault.rotation;

import org.jspecify.annotations.NullMarked;
