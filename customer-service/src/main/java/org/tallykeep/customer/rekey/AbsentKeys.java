package org.tallykeep.customer.rekey;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Keys of which nothing was found. A key is made before the row that is sealed with it is written:
 * one of which there is nothing yet must not lose its older version before it is certain that
 * nobody will use that any more.
 */
final class AbsentKeys {

  private final InstantSource clock;
  private final Duration patience;
  private final Map<UUID, Instant> since = new HashMap<>();

  AbsentKeys(InstantSource clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  /** Takes note of those that are absent now, and whether one was for long enough. */
  synchronized boolean forLong(UUID key, Set<UUID> absentNow) {
    if (!absentNow.contains(key)) {
      since.remove(key);
      return false;
    }
    Instant now = clock.instant();
    return !since.computeIfAbsent(key, first -> now).plus(patience).isAfter(now);
  }

  /** Nobody asks for these any more. */
  synchronized void forget(Set<UUID> keys) {
    since.keySet().removeAll(keys);
  }

  synchronized void forgetAll() {
    since.clear();
  }
}
