/**
 * Keeps whose data may be stored and nothing else, until a privacy officer lifts it; those who
 * read, change or predict ask here first.
 */
@NullMarked
package org.tallykeep.customer.restriction;

import org.jspecify.annotations.NullMarked;
