/** Purchase models: statistics in, fitted model out, no I/O. */
@NullMarked
package org.tallykeep.models;

import org.jspecify.annotations.NullMarked;
