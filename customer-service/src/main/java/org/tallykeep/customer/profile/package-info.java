/** Keeps who customers are and how to reach them, sealed, and shows no more of it than asked. */
@NullMarked
package org.tallykeep.customer.profile;

import org.jspecify.annotations.NullMarked;
