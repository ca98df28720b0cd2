package org.tallykeep.platform.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.jboss.resteasy.reactive.ClientWebApplicationException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Whatever a resource throws, answered as a problem document. */
final class ProblemMappers {

  private static final int BEFORE_THE_BUILT_IN = 1;

  @ServerExceptionMapper(Problem.class)
  RestResponse<String> problem(Problem problem) {
    return answer(problem);
  }

  @ServerExceptionMapper(Throwable.class)
  RestResponse<String> anythingElse(Throwable thrown) {
    return answer(Problems.of(thrown));
  }

  @ServerExceptionMapper(WebApplicationException.class)
  RestResponse<String> http(WebApplicationException refused, UriInfo uri) {
    int status = refused.getResponse().getStatus();
    if (Malformed.isQuery(refused, uri)) {
      return answer(HttpProblem.of(400));
    }
    if (refused instanceof ClientWebApplicationException || status < 400 || status >= 500) {
      // A foreign service's answer is not ours to pass on.
      return answer(Problems.of(refused));
    }
    return answer(Malformed.by(refused).orElseGet(() -> HttpProblem.of(status)));
  }

  @ServerExceptionMapper(value = MismatchedInputException.class, priority = BEFORE_THE_BUILT_IN)
  RestResponse<String> wrongJson(MismatchedInputException thrown) {
    return answer(Malformed.json(thrown));
  }

  @ServerExceptionMapper(value = ValidationException.class, priority = BEFORE_THE_BUILT_IN)
  RestResponse<String> invalid(ValidationException thrown) {
    return answer(
        thrown instanceof ConstraintViolationException violated
            ? Malformed.violations(violated).<Problem>map(p -> p).orElseGet(() -> incident(thrown))
            : incident(thrown));
  }

  @ServerExceptionMapper(value = ForbiddenException.class, priority = BEFORE_THE_BUILT_IN)
  RestResponse<String> forbidden(ForbiddenException refused) {
    return answer(HttpProblem.of(403));
  }

  @ServerExceptionMapper(value = UnauthorizedException.class, priority = BEFORE_THE_BUILT_IN)
  Uni<RestResponse<String>> unauthorized(UnauthorizedException refused, RoutingContext request) {
    return challenge(request);
  }

  @ServerExceptionMapper(
      value = AuthenticationFailedException.class,
      priority = BEFORE_THE_BUILT_IN)
  Uni<RestResponse<String>> notAuthenticated(
      AuthenticationFailedException refused, RoutingContext request) {
    return challenge(request);
  }

  /** By hand: a 401 must carry the challenge of the mechanism in use. */
  private static Uni<RestResponse<String>> challenge(RoutingContext request) {
    HttpAuthenticator authenticator = request.get(HttpAuthenticator.class.getName());
    if (authenticator == null) {
      return Uni.createFrom()
          .item(answer(HttpProblem.of(401), Map.of("WWW-Authenticate", "Bearer")));
    }
    return authenticator
        .getChallenge(request)
        .map(challenge -> answer(HttpProblem.of(401), Challenges.headers(challenge)));
  }

  private static Problem incident(Throwable thrown) {
    return Problems.of(thrown);
  }

  private static RestResponse<String> answer(Problem problem) {
    return answer(problem, Map.of());
  }

  private static RestResponse<String> answer(Problem problem, Map<String, String> headers) {
    // By number: the enum of statuses does not know 422, 428 and others.
    var response =
        RestResponse.ResponseBuilder.<String>create(problem.kind().status(), problem.kind().title())
            .entity(ProblemWriter.body(problem))
            .header(HttpHeaders.CONTENT_TYPE, ProblemWriter.MEDIA_TYPE);
    ProblemWriter.headers(problem).forEach(response::header);
    headers.forEach(response::header);
    return response.build();
  }
}
