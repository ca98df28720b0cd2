package org.tallykeep.customer.exports;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;

/** How exports are made, and what time it is. */
@Singleton
record Surroundings(ExportConfig config, InstantSource clock) {
  Instant now() {
    return clock.instant();
  }
}
