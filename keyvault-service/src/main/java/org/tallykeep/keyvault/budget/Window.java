package org.tallykeep.keyvault.budget;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;

/**
 * A time over which spending is limited, any such time and not only those of the calendar. It is
 * counted in buckets, the oldest of them whole: a budget may look used up a bucket's width too
 * long, and never too short.
 */
public enum Window {
  MINUTE(Duration.ofSeconds(1), 60),
  HOUR(Duration.ofMinutes(1), 60),
  DAY(Duration.ofMinutes(15), 96);

  private final Duration bucket;
  private final int buckets;

  Window(Duration bucket, int buckets) {
    this.bucket = bucket;
    this.buckets = buckets;
  }

  /** How wide one bucket is. */
  Duration bucket() {
    return bucket;
  }

  /** How many buckets are kept: those that fill the window, and the oldest whose end is in it. */
  int kept() {
    return buckets + 1;
  }

  /** How long the window is. */
  public Duration length() {
    return bucket.multipliedBy(buckets);
  }

  /** As written in answers. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
