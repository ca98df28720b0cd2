package org.tallykeep.keyvault.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One request as it is written down: who asked for what, and what they got.
 *
 * @param action such as {@code unwrap}
 * @param purpose the purpose asked for, or empty where an action has none
 * @param client the service that asked
 * @param person the person behind it ({@code sub}), if there is one
 * @param grant the standing grant it rested on, if any
 * @param caseId what the caller calls the occasion, if it said
 * @param records how many records were asked for
 */
public record AuditEvent(
    Instant at,
    String action,
    Outcome outcome,
    String purpose,
    String client,
    Optional<String> person,
    Optional<String> grant,
    Optional<String> caseId,
    int records,
    List<AuditedKey> keys) {

  /** How a request ended. */
  public enum Outcome {
    GRANTED,
    REFUSED,

    /**
     * Granted, and then not answered after all: the caller was frozen while that was written down.
     * The entry repeats the one that it takes back, its time and keys included.
     */
    WITHHELD;

    /** As answered. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What this service did by itself, for nobody who asked; whom it is about stands elsewhere. */
  public static AuditEvent ofThisService(Instant at, String action, Optional<String> about) {
    return new AuditEvent(
        at.truncatedTo(ChronoUnit.MICROS),
        action,
        Outcome.GRANTED,
        "",
        "keyvault-service",
        Optional.empty(),
        Optional.empty(),
        about,
        0,
        List.of());
  }

  /** The same with another outcome. */
  public AuditEvent as(Outcome other) {
    return new AuditEvent(at, action, other, purpose, client, person, grant, caseId, records, keys);
  }

  /** Nothing of it: an event is personal. */
  @Override
  public String toString() {
    return "AuditEvent";
  }
}
