package org.tallykeep.customer.profile;

import java.util.Locale;
import org.tallykeep.customer.consent.Recorder;
import org.tallykeep.customer.platform.Caller;

/**
 * Who changes customers, and why.
 *
 * @param name a person as the issuer knows them, or the client that a machine is
 */
record Actor(Kind kind, String name, String reason) {

  /** How a change came. */
  enum Kind {
    PERSON,
    IMPORT
  }

  static Actor person(Caller caller, String reason) {
    return new Actor(Kind.PERSON, caller.name(), reason);
  }

  /** Whoever sends profiles, which update those who are known. */
  static Actor importing(Caller caller) {
    return importing(caller.name());
  }

  /** The same where an import goes on without its sender. */
  static Actor importing(String sender) {
    return new Actor(Kind.IMPORT, sender, "import");
  }

  /** As who writes consents down. */
  Recorder recorder() {
    return new Recorder(kind.name().toLowerCase(Locale.ROOT), name);
  }

  @Override
  public String toString() {
    return "Actor[" + kind + "]";
  }
}
