package org.tallykeep.keyvault.budget;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one account spent over each window, as stored in its row.
 *
 * <pre>
 * 1        format, 1
 * for each of minute, hour, day:
 *   8      number of the newest bucket since 1970
 *   n × 4  records in the buckets, at number modulo n
 * </pre>
 */
final class Spending {

  private static final byte FORMAT = 1;

  private final Map<Window, Buckets> windows = new EnumMap<>(Window.class);

  private Spending() {}

  /** Nothing spent yet. */
  static Spending none() {
    Spending spending = new Spending();
    for (Window window : Window.values()) {
      spending.windows.put(window, Buckets.empty(window));
    }
    return spending;
  }

  static Spending decode(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    if (in.get() != FORMAT) {
      throw new IllegalStateException("spending of an unknown format");
    }
    Spending spending = new Spending();
    for (Window window : Window.values()) {
      spending.windows.put(window, Buckets.read(window, in));
    }
    return spending;
  }

  byte[] encode() {
    int size = 1;
    for (Window window : Window.values()) {
      size += Buckets.size(window);
    }
    ByteBuffer out = ByteBuffer.allocate(size).put(FORMAT);
    windows.values().forEach(buckets -> buckets.write(out));
    return out.array();
  }

  /**
   * Why something is too much.
   *
   * @param retryAfter when so many would fit, if nothing else is spent meanwhile
   * @param ever whether they ever fit
   */
  record Excess(Window window, Duration retryAfter, boolean ever) {}

  /** Spends so many records if they fit into every window, or else nothing. */
  Optional<Excess> spend(Instant now, long records, Limits limits) {
    windows.values().forEach(buckets -> buckets.moveTo(now));
    Optional<Excess> longest = Optional.empty();
    for (Map.Entry<Window, Buckets> each : windows.entrySet()) {
      Excess excess = excess(each.getKey(), each.getValue(), now, records, limits);
      if (excess != null
          && longest.map(l -> excess.retryAfter().compareTo(l.retryAfter()) > 0).orElse(true)) {
        longest = Optional.of(excess);
      }
    }
    if (longest.isEmpty()) {
      windows.values().forEach(buckets -> buckets.add(records));
    }
    return longest;
  }

  /** What was spent in the window that ends now. */
  long spent(Window window, Instant now) {
    Buckets buckets = of(window);
    buckets.moveTo(now);
    return buckets.sum();
  }

  private static @org.jspecify.annotations.Nullable Excess excess(
      Window window, Buckets buckets, Instant now, long records, Limits limits) {
    long limit = limits.over(window);
    return buckets.sum() + records <= limit
        ? null
        : new Excess(window, buckets.until(now, records, limit), records <= limit);
  }

  private Buckets of(Window window) {
    return java.util.Objects.requireNonNull(windows.get(window));
  }
}
