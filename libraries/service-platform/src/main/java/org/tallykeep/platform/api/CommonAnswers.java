package org.tallykeep.platform.api;

import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * What comes before and around a resource: an operation may be answered so whatever it does itself,
 * and need not say it. What an operation says of a status stays.
 */
final class CommonAnswers {

  private CommonAnswers() {}

  static void add(PathItem path, Operation operation) {
    // Tokens are checked wherever there is one, also where none is needed.
    put(operation, "401", "No valid token for this service");
    put(operation, "503", "Something needed is away, such as the database; see Retry-After");
    if (!isOpen(operation)) {
      put(operation, "403", "Not for your role");
    }
    if (has(path, operation, Parameter.In.PATH)) {
      put(operation, "404", "There is no such thing, or no longer");
    }
    if (has(path, operation, Parameter.In.QUERY) || has(path, operation, Parameter.In.HEADER)) {
      put(operation, "400", "A parameter or header that cannot be read");
    }
    if (answersContent(operation)) {
      put(operation, "406", "None of the media types that you accept");
    }
    if (operation.getRequestBody() != null) {
      put(operation, "400", "A body that cannot be read");
      put(operation, "413", "The body is too large");
      put(operation, "415", "Not a media type that is read here");
    }
  }

  private static boolean isOpen(Operation operation) {
    return operation.getSecurity() == null || operation.getSecurity().isEmpty();
  }

  private static boolean has(PathItem path, Operation operation, Parameter.In in) {
    return has(path.getParameters(), in) || has(operation.getParameters(), in);
  }

  private static boolean has(java.util.@Nullable List<Parameter> parameters, Parameter.In in) {
    return parameters != null && parameters.stream().anyMatch(p -> p.getIn() == in);
  }

  private static boolean answersContent(Operation operation) {
    return operation.getResponses().getAPIResponses().entrySet().stream()
        .filter(answer -> answer.getKey().startsWith("2"))
        .map(Map.Entry::getValue)
        .anyMatch(answer -> answer.getContent() != null);
  }

  private static void put(Operation operation, String status, String description) {
    APIResponse there = operation.getResponses().getAPIResponse(status);
    if (there == null || there.getDescription() == null || isReasonPhrase(there)) {
      operation
          .getResponses()
          .addAPIResponse(status, OASFactory.createAPIResponse().description(description));
    }
  }

  /** What the generator writes of its own where a body is validated. */
  private static boolean isReasonPhrase(APIResponse answer) {
    return "Bad Request".equals(answer.getDescription());
  }
}
