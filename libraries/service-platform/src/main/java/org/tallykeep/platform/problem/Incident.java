package org.tallykeep.platform.problem;

import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** A failure nobody foresaw: the caller gets a number, the log gets the number and the cause. */
public final class Incident extends Problem {

  private static final Logger LOG = Logger.getLogger(Incident.class);
  private static final Kind KIND = new Kind("internal-error", 500, "An internal error");

  private final UUID id;

  private Incident(UUID id, Throwable cause) {
    super(KIND, "Nothing you sent explains this. Report the incident number to operations.", cause);
    this.id = id;
  }

  /** Logs the cause under a new number. */
  public static Incident logged(Throwable cause) {
    UUID id = UUID.randomUUID();
    LOG.errorf(cause, "Incident %s", id);
    return new Incident(id, cause);
  }

  @Override
  public Map<String, Object> extras() {
    return Map.of("incident", id.toString());
  }
}
