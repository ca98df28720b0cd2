package org.tallykeep.keyvault.incident;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.keyvault.freeze.Principal;

/**
 * Something that may have been a theft.
 *
 * @param openedBy an officer's {@code sub}, or {@code decoy} or {@code ledger}
 * @param purposes what is frozen; see {@link org.tallykeep.keyvault.freeze.Freeze}
 * @param since from when on the principal is not trusted, if known
 * @param until until when, if it is over
 */
public record Incident(
    UUID id,
    Cause cause,
    Instant openedAt,
    String openedBy,
    Principal principal,
    Set<String> purposes,
    Optional<Instant> since,
    Optional<Instant> until,
    String note,
    State state) {

  /** Why it was opened. */
  public enum Cause {
    DECOY,
    OFFICER,

    /** Not known any more: the database was set back, the revocation ledger kept the freeze. */
    LEDGER;

    /** As stored and answered. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How far it is. */
  public enum State {
    OPEN,
    CONTAINING,
    CONTAINED,
    CLOSED;

    /** As stored and answered. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static State of(String label) {
      return Arrays.stream(values())
          .filter(state -> state.label().equals(label))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("unknown state"));
    }
  }

  /** Whether it is about that person. */
  boolean isAbout(String person) {
    return principal instanceof Principal.Person && principal.name().equals(person);
  }

  /** Without the principal: persons stay out of logs. */
  @Override
  public String toString() {
    return "Incident[" + id + "]";
  }
}
