package org.tallykeep.platform.token;

import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/**
 * For REST clients of one other service: every call carries this service's token for that one
 * alone. Each client registers a filter of its own that names the service it calls.
 */
public abstract class ServiceTokenFilter implements ResteasyReactiveClientRequestFilter {

  private final OutgoingTokens tokens;
  private final String audience;

  /**
   * A filter for calls to one service.
   *
   * @param audience that service's name
   */
  protected ServiceTokenFilter(OutgoingTokens tokens, String audience) {
    this.tokens = tokens;
    this.audience = audience;
  }

  @Override
  public final void filter(ResteasyReactiveClientRequestContext request) {
    BearerHeader.set(request, tokens.ofService(audience));
  }
}
