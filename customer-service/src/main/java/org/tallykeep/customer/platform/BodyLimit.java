package org.tallykeep.customer.platform;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Bounds the bodies that are read as a whole. Imports are read line by line and may be of any size,
 * for which the limit of the HTTP server is out of the way; their bodies say that they are NDJSON.
 */
final class BodyLimit {

  private static final long MOST_BYTES = 4L << 20;
  private static final String NDJSON = "x-ndjson";

  BodyLimit() {}

  @ServerRequestFilter(preMatching = true)
  void refuseWhatIsTooLong(ContainerRequestContext request) {
    MediaType type = request.getMediaType();
    if (type == null || type.getSubtype().equals(NDJSON)) {
      return;
    }
    if (request.getHeaderString(HttpHeaders.CONTENT_LENGTH) == null) {
      if (request.getHeaderString("Transfer-Encoding") != null) {
        request.abortWith(Response.status(Response.Status.LENGTH_REQUIRED).build());
      }
    } else if (Long.parseLong(request.getHeaderString(HttpHeaders.CONTENT_LENGTH)) > MOST_BYTES) {
      request.abortWith(Response.status(Response.Status.REQUEST_ENTITY_TOO_LARGE).build());
    }
  }
}
