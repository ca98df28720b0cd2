package org.tallykeep.keyvault.access;

import java.util.Optional;
import java.util.UUID;

/** On what a request rests: the caller alone, or one grant alone, never both added up. */
public sealed interface Authority {

  /** What the caller is. */
  record Own() implements Authority {}

  /** A standing grant. */
  record Granted(StandingGrant grant) implements Authority {}

  /** A job's grant, which says itself what it allows and to whom. */
  record Job(UUID grant) implements Authority {}

  /** A grant that nobody has heard of: allows nothing. */
  record Unknown() implements Authority {}

  /** The authority that a request names: a standing grant by its name, a job's by its id. */
  static Authority of(Optional<String> grant) {
    return grant.map(Authority::named).orElseGet(Own::new);
  }

  private static Authority named(String grant) {
    return StandingGrant.named(grant)
        .<Authority>map(Granted::new)
        .or(() -> job(grant))
        .orElseGet(Unknown::new);
  }

  private static Optional<Authority> job(String grant) {
    try {
      return Optional.of(new Job(UUID.fromString(grant)));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}
