package org.tallykeep.keyvault.audit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.problem.Unavailable;

/** The audit cannot be written, so nothing is handed out. */
public final class AuditUnavailable extends Unavailable {
  AuditUnavailable(@Nullable Throwable cause) {
    super(
        "audit-unavailable",
        "The key service cannot write its audit, so it hands out nothing. Try again in a while.",
        Duration.ofSeconds(2),
        cause);
  }
}
