package org.tallykeep.platform.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;

/** A problem as status, headers and body, the same whoever answers. */
final class ProblemWriter {

  static final String MEDIA_TYPE = "application/problem+json";

  // Of its own, so that no setting of a service changes the documents.
  private static final ObjectMapper JSON = new ObjectMapper();

  private ProblemWriter() {}

  static String body(Problem problem) {
    try {
      return JSON.writeValueAsString(problem.document());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A problem holds a value that JSON cannot show", e);
    }
  }

  static Map<String, String> headers(Problem problem) {
    Duration retryAfter = problem.retryAfter();
    return retryAfter == null
        ? Map.of()
        : Map.of("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
  }
}
