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

  /** Who it is: a person by the issuer's name of them, a machine by its client. */
  public String name() {
    Object client = jwt().getClaim("azp");
    return hasRole(Roles.INGEST) && client instanceof String azp ? azp : jwt().getSubject();
  }

  /** Who that is, on whoever's behalf: the client and the person or service, as the issuer says. */
  public String clientAndName() {
    return jwt().getClaim("azp") + " " + jwt().getSubject();
  }

  private JsonWebToken jwt() {
    if (identity.getPrincipal() instanceof JsonWebToken token) {
      return token;
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
