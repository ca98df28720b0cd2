/**
 * The payloads inside sealed aggregates, the manifests that account for them, and the stream that
 * carries both from the service that writes them to the service that reads them.
 */
@NullMarked
package org.tallykeep.aggregates;

import org.jspecify.annotations.NullMarked;
