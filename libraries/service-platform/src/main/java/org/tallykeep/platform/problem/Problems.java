package org.tallykeep.platform.problem;

import io.quarkus.oidc.OIDCException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Finds the problem behind whatever was thrown. */
public final class Problems {

  private static final int DEEPEST_CAUSE = 16;

  private Problems() {}

  /** The problem among the exception and its causes, or else a logged incident. */
  public static Problem of(Throwable thrown) {
    Problem known = known(thrown);
    return known == null ? Incident.logged(thrown) : known;
  }

  private static @Nullable Problem known(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof Problem problem) {
        return problem;
      }
      if (cause instanceof OIDCException) {
        return issuerAway(cause);
      }
      cause = cause.getCause();
    }
    return null;
  }

  /** The issuer of tokens does not answer, so no token can be checked or obtained. */
  public static Unavailable issuerAway(@Nullable Throwable cause) {
    return new Unavailable(
        "issuer-unavailable",
        "The issuer of tokens does not answer. Try again in a while.",
        Duration.ofSeconds(5),
        cause);
  }
}
