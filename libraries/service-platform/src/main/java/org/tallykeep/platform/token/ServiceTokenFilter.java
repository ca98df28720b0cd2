package org.tallykeep.platform.token;

import jakarta.inject.Singleton;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** For REST clients of other services: register it and every call carries this service's token. */
@Singleton
public final class ServiceTokenFilter implements ResteasyReactiveClientRequestFilter {

  private final OutgoingTokens tokens;

  ServiceTokenFilter(OutgoingTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public void filter(ResteasyReactiveClientRequestContext request) {
    BearerHeader.set(request, tokens.ofService());
  }
}
