package org.tallykeep.keyvault.client.cache;

import java.time.Duration;

/**
 * How long a handle lives, counted from when its key was asked for.
 *
 * @param fresh handed out without asking again
 * @param lent still handed out while the key service is away
 * @param closed closed for good. Whoever got a handle at the last moment has the time between
 *     {@code lent} and this to use it: handles are fetched for each piece of work, not kept
 */
public record Lifetimes(Duration fresh, Duration lent, Duration closed) {

  /** No key is kept for more than 60 seconds (docs: what callers may cache). */
  public static final Duration LONGEST = Duration.ofSeconds(60);

  public Lifetimes {
    if (fresh.compareTo(lent) > 0 || lent.compareTo(closed) >= 0 || closed.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("Need fresh <= lent < closed <= " + LONGEST);
    }
  }

  /** 30, 45 and 60 seconds. */
  public static Lifetimes longest() {
    return new Lifetimes(Duration.ofSeconds(30), Duration.ofSeconds(45), LONGEST);
  }
}
