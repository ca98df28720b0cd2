package org.tallykeep.keyvault.client;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.keyvault.client.cache.HandleCache;

/** The keys from customer to pseudonym, kept for a short while: an import meets them again. */
final class LinkKeys {

  private final RecordKeys keys;
  private final HandleCache<KeyRef, SealingKey> cache;
  private final InstantSource clock;
  private final Counter hits;
  private final Counter misses;

  LinkKeys(
      RecordKeys keys,
      HandleCache<KeyRef, SealingKey> cache,
      InstantSource clock,
      MeterRegistry meters) {
    this.keys = keys;
    this.cache = cache;
    this.clock = clock;
    this.hits = meters.counter("tallykeep.keyvault.cache", "purpose", "link", "result", "hit");
    this.misses = meters.counter("tallykeep.keyvault.cache", "purpose", "link", "result", "miss");
  }

  List<Optional<SealingKey>> unwrap(List<KeyRef> refs) {
    Map<KeyRef, Optional<SealingKey>> found = new HashMap<>();
    List<KeyRef> missing = new ArrayList<>();
    for (KeyRef ref : refs) {
      if (!found.containsKey(ref)) {
        Optional<SealingKey> cached = cache.get(ref);
        found.put(ref, cached);
        if (cached.isEmpty()) {
          missing.add(ref);
        }
      }
    }
    hits.increment(found.size() - missing.size());
    misses.increment(missing.size());
    fetch(missing, found);
    return refs.stream().map(ref -> found.getOrDefault(ref, Optional.empty())).toList();
  }

  private void fetch(List<KeyRef> missing, Map<KeyRef, Optional<SealingKey>> found) {
    Instant asked = clock.instant();
    long clearings = cache.clearings();
    List<Optional<SealingKey>> fetched = keys.unwrap(Purpose.LINK, missing, Caller.service());
    for (int i = 0; i < missing.size(); i++) {
      KeyRef ref = missing.get(i);
      Optional<SealingKey> handle = fetched.get(i);
      handle.ifPresent(h -> cache.put(ref, h, asked, clearings));
      found.put(ref, handle);
    }
  }
}
