package org.tallykeep.keyvault.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.problem.Unavailable;

/** The key service is away or sealed, and stayed so while we tried again. */
public final class KeysUnavailable extends Unavailable {

  public KeysUnavailable(Duration retryAfter, @Nullable Throwable cause) {
    super(
        "keys-unavailable",
        "The key service gives no keys at the moment. Try again in a while.",
        retryAfter,
        cause);
  }
}
