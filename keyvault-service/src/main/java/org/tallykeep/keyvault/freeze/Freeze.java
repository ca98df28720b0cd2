package org.tallykeep.keyvault.freeze;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A principal who gets no keys until an officer lifts it.
 *
 * @param incident why
 * @param purposes which purposes; {@link #EVERYTHING}, or {@link #GRANTS} for whatever rests on a
 *     grant
 */
public record Freeze(
    UUID id, UUID incident, Principal principal, Set<String> purposes, Instant since) {

  /** All purposes. */
  public static final String EVERYTHING = "*";

  /** Whatever is asked on a standing grant or a job's. */
  public static final String GRANTS = "grants";

  /** What a request has to be free of. */
  boolean concerns(Wish wish) {
    boolean meant =
        switch (principal) {
          case Principal.Person person -> wish.person().filter(person.name()::equals).isPresent();
          case Principal.Credential credential -> credential.name().equals(wish.client());
        };
    return meant
        && (purposes.contains(EVERYTHING)
            || purposes.contains(wish.purpose())
            || (wish.onGrant() && purposes.contains(GRANTS)));
  }
}
