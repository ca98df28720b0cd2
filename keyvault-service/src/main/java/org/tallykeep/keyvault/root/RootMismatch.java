package org.tallykeep.keyvault.root;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.problem.Unavailable;

/** The branch keys in the database were not wrapped by the configured root key, or were changed. */
public final class RootMismatch extends Unavailable {

  RootMismatch(@Nullable Throwable cause) {
    super(
        "root-key-mismatch",
        "The key service's root key does not fit its database. Its operator has to look at"
            + " tallykeep.root.",
        Duration.ofMinutes(1),
        cause);
  }
}
