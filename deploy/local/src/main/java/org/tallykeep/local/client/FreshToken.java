package org.tallykeep.local.client;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an access token for a minute, which every token outlives: asking the issuer before each of
 * many small requests would cost more than the requests.
 */
final class FreshToken {

  private static final long LONGEST = Duration.ofMinutes(1).toNanos();

  private final Supplier<String> issuer;
  private @Nullable String token;
  private long since;

  FreshToken(Supplier<String> issuer) {
    this.issuer = issuer;
  }

  synchronized String get() {
    String known = token;
    long now = System.nanoTime();
    if (known != null && now - since < LONGEST) {
      return known;
    }
    String fresh = issuer.get();
    token = fresh;
    since = now;
    return fresh;
  }

  /** The next caller gets another one, unless somebody has one already. */
  synchronized void rejected(String used) {
    if (used.equals(token)) {
      token = null;
    }
  }
}
