package org.tallykeep.local;

import java.net.URI;

/** Where the services are and how to be let in: what a command needs of a running stack. */
public interface Endpoints {

  URI customerService();

  URI analyticsService();

  /**
   * An access token that is good for some time yet.
   *
   * @param role {@code ingest} for the machine that brings purchases in, or the name of a person's
   *     role
   */
  String token(String role);
}
