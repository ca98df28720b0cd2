package org.tallykeep.platform.token;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tokens until shortly before they expire, the oldest dropped beyond a bound. Callers that ask at
 * the same time share one request; a failed request is forgotten at once.
 */
final class TokenCache<K> {

  /** A token must still be valid when the service that we call looks at it. */
  static final Duration MARGIN = Duration.ofSeconds(20);

  private final Clock clock;
  private final int bound;
  private final Map<K, Entry> entries = new LinkedHashMap<>();

  private static final class Entry {
    final Uni<Token> token;
    // Until the answer is there the entry is shared by all who ask.
    volatile Instant expiry = Instant.MAX;

    Entry(Uni<Token> token) {
      this.token = token;
    }
  }

  TokenCache(Clock clock, int bound) {
    this.clock = clock;
    this.bound = bound;
  }

  Uni<Token> get(K key, Supplier<Uni<Token>> request) {
    synchronized (entries) {
      Entry known = entries.get(key);
      if (known != null && clock.instant().isBefore(known.expiry)) {
        return known.token;
      }
      dropExpired();
      Entry fresh = ask(key, request);
      entries.put(key, fresh);
      return fresh.token;
    }
  }

  private Entry ask(K key, Supplier<Uni<Token>> request) {
    Entry[] self = new Entry[1];
    Uni<Token> token =
        Uni.createFrom()
            .deferred(request::get)
            .onItem()
            .invoke(t -> self[0].expiry = t.expiry().minus(MARGIN))
            .onFailure()
            .invoke(failure -> forget(key, self[0]))
            .memoize()
            .indefinitely();
    self[0] = new Entry(token);
    return self[0];
  }

  private void forget(K key, Entry entry) {
    synchronized (entries) {
      entries.remove(key, entry);
    }
  }

  private void dropExpired() {
    Instant now = clock.instant();
    entries.values().removeIf(e -> !now.isBefore(e.expiry));
    Iterator<Entry> oldest = entries.values().iterator();
    while (entries.size() >= bound && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
  }
}
