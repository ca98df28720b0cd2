package org.tallykeep.platform.token;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/**
 * For REST clients that act for a person: the call is made with the person's own {@code
 * Authorization} header, and this exchanges its token for one the other service accepts. A call
 * without that header is refused here, so that it can never pass as the service itself.
 */
@Singleton
public final class PersonTokenFilter implements ResteasyReactiveClientRequestFilter {

  private static final String SCHEME = "Bearer ";

  private final OutgoingTokens tokens;

  PersonTokenFilter(OutgoingTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public void filter(ResteasyReactiveClientRequestContext request) {
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new IllegalStateException("A call on a person's behalf needs the person's token");
    }
    BearerHeader.set(request, tokens.ofPerson(header.substring(SCHEME.length()).strip()));
  }
}
