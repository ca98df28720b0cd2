package org.tallykeep.platform.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Why a request could not be read: the place in it, never the value that stood there. */
final class Malformed {

  private Malformed() {}

  static Optional<HttpProblem> by(Throwable refused) {
    return refused.getCause() instanceof JsonProcessingException json
        ? Optional.of(json(json))
        : Optional.empty();
  }

  /**
   * A value in the query that is none of its parameter's kind is no path that leads nowhere, as
   * which it arrives here; what identifies something in a path is a UUID.
   */
  static boolean isQuery(Throwable refused, UriInfo uri) {
    return refused instanceof NotFoundException
        && refused.getCause() instanceof IllegalArgumentException
        && !uri.getQueryParameters().isEmpty()
        && uri.getPathParameters().values().stream()
            .flatMap(List::stream)
            .allMatch(Malformed::isUuid);
  }

  private static boolean isUuid(String text) {
    try {
      UUID.fromString(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static HttpProblem json(JsonProcessingException thrown) {
    String field =
        thrown instanceof JsonMappingException mapping
            ? mapping.getPath().stream().map(Malformed::step).collect(Collectors.joining("."))
            : "";
    if (!field.isEmpty()) {
      return HttpProblem.of(
          400,
          "The field '%s' cannot be read: compare the body with /q/openapi.".formatted(field),
          Map.of("field", field));
    }
    JsonLocation at = thrown.getLocation();
    return at == null
        ? HttpProblem.of(400)
        : HttpProblem.of(
            400,
            "The body is no well-formed JSON: look at line %d, column %d."
                .formatted(at.getLineNr(), at.getColumnNr()),
            Map.of());
  }

  private static String step(JsonMappingException.Reference step) {
    String name = step.getFieldName();
    return name == null ? Integer.toString(step.getIndex()) : name;
  }

  /** Empty when it was our own answer that broke its constraints. */
  static Optional<HttpProblem> violations(ConstraintViolationException thrown) {
    var all = thrown.getConstraintViolations();
    if (all == null || all.stream().anyMatch(Malformed::isOurs)) {
      return Optional.empty();
    }
    List<Map<String, String>> violations =
        all.stream()
            .map(v -> Map.of("field", field(v), "message", v.getMessage()))
            .sorted(Comparator.comparing(v -> v.get("field") + ' ' + v.get("message")))
            .toList();
    return Optional.of(
        HttpProblem.of(
            400,
            "Correct the fields listed under 'violations' and send the request again.",
            Map.of("violations", violations)));
  }

  private static boolean isOurs(ConstraintViolation<?> violation) {
    return nodes(violation).stream().anyMatch(n -> n.getKind() == ElementKind.RETURN_VALUE);
  }

  /** The path without the names of our method and parameter, which mean nothing to a caller. */
  private static String field(ConstraintViolation<?> violation) {
    List<Path.Node> nodes = nodes(violation);
    boolean method = !nodes.isEmpty() && nodes.getFirst().getKind() == ElementKind.METHOD;
    int skip = method && nodes.size() > 2 ? 2 : method ? 1 : 0;
    return nodes.stream().skip(skip).map(Path.Node::toString).collect(Collectors.joining("."));
  }

  private static List<Path.Node> nodes(ConstraintViolation<?> violation) {
    return StreamSupport.stream(violation.getPropertyPath().spliterator(), false).toList();
  }
}
