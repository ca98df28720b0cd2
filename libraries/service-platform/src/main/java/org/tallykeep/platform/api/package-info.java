/** The OpenAPI document: what every operation of every service answers alike. */
@NullMarked
package org.tallykeep.platform.api;

import org.jspecify.annotations.NullMarked;
