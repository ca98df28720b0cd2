package org.tallykeep.keyvault.freeze;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.tallykeep.keyvault.access.Purpose;

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

  /** Whether that is something that can be frozen. */
  public static boolean isFreezable(String purpose) {
    return purpose.equals(EVERYTHING)
        || purpose.equals(GRANTS)
        || purpose.equals("create")
        || purpose.equals("destroy")
        || Purpose.named(purpose).isPresent();
  }

  /** Tags of all fields, keys of all kinds. */
  private static String family(String purpose) {
    int hyphen = purpose.indexOf('-');
    return hyphen < 0 ? purpose : purpose.substring(0, hyphen);
  }

  /** What a request has to be free of. */
  boolean concerns(Wish wish) {
    boolean meant =
        switch (principal) {
          case Principal.Person person -> wish.person().filter(person.name()::equals).isPresent();
          case Principal.Credential credential -> credential.name().equals(wish.client());
          // Not what officers do: somebody has to lift it.
          case Principal.Everyone everyone -> isFreezable(family(wish.purpose()));
        };
    return meant
        && (purposes.contains(EVERYTHING)
            || purposes.contains(wish.purpose())
            || purposes.contains(family(wish.purpose()))
            || (wish.onGrant() && purposes.contains(GRANTS)));
  }
}
