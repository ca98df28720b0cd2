package org.tallykeep.keyvault.access;

import java.util.Optional;

/** On what a request rests: the caller alone, or one standing grant alone, never both added up. */
public sealed interface Authority {

  /** What the caller is. */
  record Own() implements Authority {}

  /** A standing grant. */
  record Granted(StandingGrant grant) implements Authority {}

  /** A grant that nobody has heard of: allows nothing. */
  record Unknown() implements Authority {}

  /** The authority that a request names. */
  static Authority of(Optional<String> grant) {
    return grant
        .map(name -> StandingGrant.named(name).<Authority>map(Granted::new).orElseGet(Unknown::new))
        .orElseGet(Own::new);
  }
}
