package org.tallykeep.keyvault.client.cache;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Handles of many keys, bounded in number and age. The oldest goes first; it is closed only when
 * nobody can be using it any more.
 *
 * @param <K> what names a key
 * @param <H> the handle
 */
public final class HandleCache<K, H extends AutoCloseable> {

  private record Held<H>(H handle, Instant since) {}

  private final InstantSource clock;
  private final Lifetimes lifetimes;
  private final Retirement retirement;
  private final int bound;
  private long clearings;

  // In the order of asking, so the first is the oldest.
  private final Map<K, Held<H>> handles = new LinkedHashMap<>();

  public HandleCache(InstantSource clock, Lifetimes lifetimes, Retirement retirement, int bound) {
    this.clock = clock;
    this.lifetimes = lifetimes;
    this.retirement = retirement;
    this.bound = bound;
  }

  /** A handle for one piece of work; not to be closed by the caller. */
  public synchronized Optional<H> get(K key) {
    Held<H> held = handles.get(key);
    return held != null && clock.instant().isBefore(held.since().plus(lifetimes.fresh()))
        ? Optional.of(held.handle())
        : Optional.empty();
  }

  /**
   * Takes the handle over.
   *
   * @param asked when the key was asked for: its age counts from the question
   * @param clearings as it was then: what was asked for before everything was cleared is good for
   *     the work at hand and is not kept
   */
  public synchronized void put(K key, H handle, Instant asked, long clearings) {
    if (clearings != this.clearings) {
      retire(new Held<>(handle, asked));
      return;
    }
    Held<H> before = handles.remove(key);
    if (before != null) {
      retire(before);
    }
    Iterator<Held<H>> oldest = handles.values().iterator();
    while (handles.size() >= bound && oldest.hasNext()) {
      retire(oldest.next());
      oldest.remove();
    }
    handles.put(key, new Held<>(handle, asked));
  }

  /** Hands everything too old over to be closed; to be called every few seconds. */
  public synchronized void sweep() {
    Instant now = clock.instant();
    Iterator<Held<H>> all = handles.values().iterator();
    while (all.hasNext()) {
      Held<H> next = all.next();
      if (!now.isBefore(next.since().plus(lifetimes.fresh()))) {
        retire(next);
        all.remove();
      }
    }
  }

  /** How often everything was cleared; to be asked before keys are. */
  public synchronized long clearings() {
    return clearings;
  }

  /** Hands everything over: nothing that was asked for before is handed out any more. */
  public synchronized void clear() {
    clearings++;
    handles.values().forEach(this::retire);
    handles.clear();
  }

  private void retire(Held<H> held) {
    retirement.add(held.handle(), held.since().plus(lifetimes.closed()));
  }
}
