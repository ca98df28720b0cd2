package org.tallykeep.keyvault.root;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.problem.Unavailable;

/** The root key cannot be used now: sealed, away, hung or refusing. It may come back by itself. */
public final class RootUnavailable extends Unavailable {

  static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  RootUnavailable(@Nullable Throwable cause) {
    super(
        "root-key-unavailable",
        "The root key is sealed or away. Try again in a while.",
        RETRY_AFTER,
        cause);
  }
}
