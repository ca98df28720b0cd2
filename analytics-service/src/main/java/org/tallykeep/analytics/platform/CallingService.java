package org.tallykeep.analytics.platform;

import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The service whose token came with the request. */
@RequestScoped
public class CallingService {

  private static final String AUTHORIZED_PARTY = "azp";

  private final JsonWebToken token;

  CallingService(JsonWebToken token) {
    this.token = token;
  }

  /** Refuses every caller but the service of this name. */
  public void require(String name) {
    if (!name.equals(token.getClaim(AUTHORIZED_PARTY))) {
      throw new AnalyticsProblem.OtherService();
    }
  }
}
