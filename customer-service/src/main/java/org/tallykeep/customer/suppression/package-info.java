/** Keeps people who were erased from coming back with the next import (docs/adr/0015). */
@NullMarked
package org.tallykeep.customer.suppression;

import org.jspecify.annotations.NullMarked;
