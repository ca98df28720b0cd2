package org.tallykeep.platform.problem;

import io.quarkus.oidc.OIDCException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/** What fails before any resource is reached: the issuer is away while a token is to be checked. */
final class OutsideResources {

  void install(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(OutsideResources::answer);
  }

  private static void answer(RoutingContext request) {
    Throwable failure = request.failure();
    HttpServerResponse response = request.response();
    if (response.headWritten()) {
      request.next();
    } else if (failure instanceof OIDCException) {
      write(response, Problems.issuerAway(failure));
    } else {
      request.next();
    }
  }

  private static void write(HttpServerResponse response, Problem problem) {
    response.setStatusCode(problem.kind().status());
    response.putHeader("Content-Type", ProblemWriter.MEDIA_TYPE);
    ProblemWriter.headers(problem).forEach(response::putHeader);
    response.end(ProblemWriter.body(problem));
  }
}
