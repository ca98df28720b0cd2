package org.tallykeep.customer.consent;

import org.tallykeep.customer.platform.Caller;
import org.tallykeep.customer.platform.Roles;

/**
 * Who wrote a consent down.
 *
 * @param kind {@code person} or {@code import}
 * @param name a person as the issuer knows them, or the client that a machine is
 */
public record Recorder(String kind, String name) {

  static Recorder of(Caller caller) {
    return new Recorder(caller.hasRole(Roles.INGEST) ? "import" : "person", caller.name());
  }

  @Override
  public String toString() {
    return "Recorder[" + kind + "]";
  }
}
