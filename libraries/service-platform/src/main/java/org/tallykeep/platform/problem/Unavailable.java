package org.tallykeep.platform.problem;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something this service needs is away or sealed: 503 with the time after which to try again. */
public class Unavailable extends Problem {

  private final Duration retryAfter;

  public Unavailable(String name, String detail, Duration retryAfter, @Nullable Throwable cause) {
    super(new Kind(name, 503, "Not available at the moment"), detail, cause);
    this.retryAfter = retryAfter;
  }

  @Override
  public final Duration retryAfter() {
    return retryAfter;
  }
}
