package org.tallykeep.customer.platform;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Bounds the bodies that are read as a whole: all but those of imports, which are read line by line
 * and may be of any size, so that the limit of the HTTP server is out of the way. Goes by the path,
 * because a header is what the caller says it is. HTTP/2, whose requests need not tell their
 * length, is turned off.
 */
final class BodyLimit {

  private static final long MOST_BYTES = 4L << 20;
  private static final String IMPORTS = "/imports";
  private static final String IMPORT_JOBS = "/import-jobs";

  BodyLimit() {}

  @ServerRequestFilter(preMatching = true)
  void refuseWhatIsTooLong(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    if (path.endsWith(IMPORTS) || path.endsWith(IMPORT_JOBS)) {
      return;
    }
    if (request.getHeaderString("Transfer-Encoding") != null) {
      throw new ClientErrorException(Status.LENGTH_REQUIRED);
    }
    long length = length(request);
    if (length > MOST_BYTES) {
      throw new ClientErrorException(Status.REQUEST_ENTITY_TOO_LARGE);
    }
    if (length > 0 && request.getMediaType() == null) {
      throw new ClientErrorException(Status.UNSUPPORTED_MEDIA_TYPE);
    }
  }

  /** The HTTP server has refused what is no number. */
  private static long length(ContainerRequestContext request) {
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }
}
