package org.tallykeep.keyvault.freeze;

import java.util.Optional;
import org.tallykeep.keyvault.access.Authority;
import org.tallykeep.keyvault.access.Caller;

/**
 * Who wants keys of what purpose.
 *
 * @param person who is behind it, if anybody
 * @param onGrant whether it rests on a grant
 */
public record Wish(String client, Optional<String> person, String purpose, boolean onGrant) {

  /** What a caller asks for. */
  public static Wish of(Caller caller, Authority authority, String purpose) {
    boolean onGrant = !(authority instanceof Authority.Own);
    return switch (caller) {
      case Caller.Service service -> new Wish(service.client(), Optional.empty(), purpose, onGrant);
      case Caller.Person person ->
          new Wish(person.client(), Optional.of(person.subject()), purpose, onGrant);
    };
  }

  /** Without the person: they stay out of logs. */
  @Override
  public String toString() {
    return "Wish[" + client + ", " + purpose + "]";
  }
}
