package org.tallykeep.platform.problem;

import io.quarkus.oidc.OIDCException;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Finds the problem behind whatever was thrown. */
public final class Problems {

  private static final Logger LOG = Logger.getLogger(Problems.class);
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
      if (cause instanceof SQLException refused && isPassing(refused)) {
        LOG.warnf("The database is not available: SQL state %s", refused.getSQLState());
        return databaseAway(refused);
      }
      cause = cause.getCause();
    }
    return null;
  }

  /**
   * Connection, resources (disk, slots), an ending or starting server, a lost race; no state: the
   * pool.
   */
  private static boolean isPassing(SQLException refused) {
    String state = refused.getSQLState();
    return state == null
        || state.startsWith("08")
        || state.startsWith("40")
        || state.startsWith("53")
        || state.startsWith("57P")
        || state.equals("25006");
  }

  private static Unavailable databaseAway(SQLException cause) {
    return new Unavailable(
        "database-unavailable",
        "The database does not take requests at the moment. Try again in a while.",
        Duration.ofSeconds(5),
        cause);
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
