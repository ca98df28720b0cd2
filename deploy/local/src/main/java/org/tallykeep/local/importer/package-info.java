/**
 * Maps a delimited file onto purchase events and sends them through the public API.
 *
 * <p>A file is read twice: once to see that it is whole and which row of a purchase is its last,
 * once to send. So a file that is truncated or has the wrong columns sends nothing at all. What is
 * said about a refused row names its line, its column and a reason, never a value.
 */
@NullMarked
package org.tallykeep.local.importer;

import org.jspecify.annotations.NullMarked;
