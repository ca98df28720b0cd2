package org.tallykeep.keyvault.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** In whose name keys are asked for. */
public sealed interface Caller {

  /** This service itself. */
  static Caller service() {
    return Itself.INSTANCE;
  }

  /** This service under a grant issued at installation, such as {@code mixer}. */
  static Caller standingGrant(String name) {
    return new StandingGrant(name);
  }

  /** This service under a grant that a person was given for a job. */
  static Caller jobGrant(UUID id) {
    return new JobGrant(id);
  }

  /** The person whose access token came with the request. */
  static Caller person(String bearerToken) {
    return new Person(bearerToken, null);
  }

  /**
   * The same, with the reason they gave.
   *
   * @param reason at most 100 characters; kept in the key service's audit, sealed
   */
  static Caller person(String bearerToken, String reason) {
    return new Person(bearerToken, reason);
  }

  /** This service itself. */
  enum Itself implements Caller {
    INSTANCE
  }

  /** A grant by its name. */
  record StandingGrant(String name) implements Caller {}

  /** A job's grant by its id. */
  record JobGrant(UUID id) implements Caller {}

  /** A person's token, which is never shown. */
  record Person(String bearerToken, @Nullable String reason) implements Caller {
    @Override
    public String toString() {
      return "Person";
    }
  }
}
