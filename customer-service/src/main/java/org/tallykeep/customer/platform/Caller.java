package org.tallykeep.customer.platform;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who sent the request being answered. */
@RequestScoped
public class Caller {

  private final SecurityIdentity identity;

  Caller(SecurityIdentity identity) {
    this.identity = identity;
  }

  public boolean hasRole(String role) {
    return identity.hasRole(role);
  }

  /** Who that is, on whoever's behalf: the client and the person or service, as the issuer says. */
  public String name() {
    if (identity.getPrincipal() instanceof JsonWebToken token) {
      return token.getClaim("azp") + " " + token.getSubject();
    }
    throw new IllegalStateException("A request without a token came past the door");
  }

  /** The access token of the request, to be exchanged and never kept. */
  public String token() {
    AccessTokenCredential credential = identity.getCredential(AccessTokenCredential.class);
    if (credential == null) {
      throw new IllegalStateException("A request without a token came past the door");
    }
    return credential.getToken();
  }
}
