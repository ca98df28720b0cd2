/** The subcommands of {@code ./tallykeep} that run the stack, its tests and its benchmarks. */
@NullMarked
package org.tallykeep.local.command;

import org.jspecify.annotations.NullMarked;
