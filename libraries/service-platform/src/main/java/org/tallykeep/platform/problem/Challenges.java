package org.tallykeep.platform.problem;

import io.quarkus.vertx.http.runtime.security.ChallengeData;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The headers of a 401: RFC 9110 wants a challenge in each. */
final class Challenges {

  private static final String HEADER = "WWW-Authenticate";

  private Challenges() {}

  static Map<String, String> headers(@Nullable ChallengeData challenge) {
    if (challenge == null || challenge.getHeaders().isEmpty()) {
      return Map.of(HEADER, "Bearer");
    }
    return challenge.getHeaders().entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().toString(), Map.Entry::getValue));
  }
}
