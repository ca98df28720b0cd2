package org.tallykeep.platform.token;

import org.tallykeep.platform.problem.Problem;

/** The issuer does not let this service act for the person whose token came with the request. */
public final class PersonTokenRefused extends Problem {

  private static final Kind KIND =
      new Kind("person-token-refused", 403, "The token cannot be used on your behalf");

  PersonTokenRefused(Throwable cause) {
    super(
        KIND,
        "The issuer did not exchange your token: log in again and repeat the request; a service's"
            + " own token cannot be exchanged.",
        cause);
  }
}
