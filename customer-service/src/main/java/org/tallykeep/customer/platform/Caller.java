package org.tallykeep.customer.platform;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;

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

  /** The access token of the request, to be exchanged and never kept. */
  public String token() {
    AccessTokenCredential credential = identity.getCredential(AccessTokenCredential.class);
    if (credential == null) {
      throw new IllegalStateException("A request without a token came past the door");
    }
    return credential.getToken();
  }
}
