package org.tallykeep.keyvault.access;

import java.util.Set;

/** Who asks, as their verified token says. */
public sealed interface Caller {

  /** The client that shows the token ({@code azp}). */
  String client();

  /** A service with its own credential. */
  record Service(String client) implements Caller {}

  /**
   * A person, through a service that exchanged their token.
   *
   * @param subject the person ({@code sub})
   * @param roles what the person is
   */
  record Person(String subject, String client, Set<String> roles) implements Caller {

    /** Without the subject: it stays out of logs. */
    @Override
    public String toString() {
      return "Person[via " + client + "]";
    }
  }
}
