package org.tallykeep.keyvault.client.cache;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.problem.Unavailable;

/**
 * One handle that is renewed before it becomes too old or is used up. Those who ask while it is
 * being renewed wait for that one renewal.
 *
 * @param <H> the handle, or a group of handles that live and end together
 */
public final class CurrentHandle<H extends AutoCloseable> {

  private record Held<H>(H handle, Instant since) {}

  private final InstantSource clock;
  private final Lifetimes lifetimes;
  private final Retirement retirement;
  private final Supplier<H> renew;
  private final Predicate<H> hasReserve;
  private final Object renewal = new Object();
  private volatile @Nullable Held<H> held;

  /**
   * @param renew asks the key service
   * @param hasReserve whether a handle still serves a piece of work; when not, it is renewed
   */
  public CurrentHandle(
      InstantSource clock,
      Lifetimes lifetimes,
      Retirement retirement,
      Supplier<H> renew,
      Predicate<H> hasReserve) {
    this.clock = clock;
    this.lifetimes = lifetimes;
    this.retirement = retirement;
    this.renew = renew;
    this.hasReserve = hasReserve;
  }

  /** A handle that is good for one piece of work; not to be closed by the caller. */
  public H get() {
    Held<H> known = held;
    if (known != null && isFresh(known)) {
      return known.handle();
    }
    synchronized (renewal) {
      known = held;
      return known != null && isFresh(known) ? known.handle() : renewed(known);
    }
  }

  /** Asks anew at the next call, whatever the age: the caller knows of something newer. */
  public void expire() {
    synchronized (renewal) {
      Held<H> known = held;
      if (known != null) {
        retire(known);
      }
      held = null;
    }
  }

  /** Hands an idle handle over to be closed once it is too old to be lent. */
  public void sweep() {
    synchronized (renewal) {
      Held<H> known = held;
      if (known != null && !isYoungerThan(known, lifetimes.lent())) {
        retire(known);
        held = null;
      }
    }
  }

  private H renewed(@Nullable Held<H> known) {
    // The age counts from the question, not from the answer.
    Instant asked = clock.instant();
    try {
      H fresh = renew.get();
      if (known != null) {
        retire(known);
      }
      held = new Held<>(fresh, asked);
      return fresh;
    } catch (Unavailable away) {
      if (known != null
          && isYoungerThan(known, lifetimes.lent())
          && hasReserve.test(known.handle())) {
        return known.handle();
      }
      throw away;
    }
  }

  private void retire(Held<H> known) {
    retirement.add(known.handle(), known.since().plus(lifetimes.closed()));
  }

  private boolean isFresh(Held<H> known) {
    return isYoungerThan(known, lifetimes.fresh()) && hasReserve.test(known.handle());
  }

  private boolean isYoungerThan(Held<H> known, java.time.Duration age) {
    return clock.instant().isBefore(known.since().plus(age));
  }
}
