/**
 * Purchase models: buying statistics in, fitted model out. No I/O, no framework, no clock; the same
 * input gives the same digits whatever the number of threads.
 */
@NullMarked
package org.tallykeep.models;

import org.jspecify.annotations.NullMarked;
