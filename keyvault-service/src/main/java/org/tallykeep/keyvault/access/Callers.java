package org.tallykeep.keyvault.access;

import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Set;
import org.tallykeep.keyvault.platform.Refusal;

/** Reads the caller off the verified token of the request at hand. */
@RequestScoped
public class Callers {

  /** Held by the accounts of services only; no person ever has it. */
  private static final String SERVICE_ROLE = "key-client";

  private final SecurityIdentity identity;

  Callers(SecurityIdentity identity) {
    this.identity = identity;
  }

  /** Who asks. */
  public Caller current() {
    if (!(identity.getPrincipal() instanceof OidcJwtCallerPrincipal token)) {
      throw new Refusal.NotAllowed("A signed access token is needed here.");
    }
    Object client = token.getClaim("azp");
    if (!(client instanceof String azp)) {
      throw new Refusal.NotAllowed("The token does not name the client it was issued to (azp).");
    }
    Set<String> roles = identity.getRoles();
    if (roles.contains(SERVICE_ROLE)) {
      return new Caller.Service(azp);
    }
    return new Caller.Person(token.getSubject(), azp, Set.copyOf(roles));
  }
}
