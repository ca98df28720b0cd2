package org.tallykeep.platform.token;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

/** Holds a request back until its token is there. */
final class BearerHeader {

  private BearerHeader() {}

  static void set(ResteasyReactiveClientRequestContext request, Uni<String> token) {
    request.suspend();
    token
        .subscribe()
        .with(
            value -> {
              request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + value);
              request.resume();
            },
            request::resume);
  }
}
