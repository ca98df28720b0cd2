package org.tallykeep.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpHeaders;
import java.time.Duration;

/** What a service said instead of an answer: the parts of a problem document that matter here. */
record Problem(int status, String detail, Duration retryAfter) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_DETAIL = 500;

  static Problem of(int status, HttpHeaders headers, String body) {
    Duration retryAfter =
        headers
            .firstValue("Retry-After")
            .filter(value -> value.matches("\\d{1,4}"))
            .map(value -> Duration.ofSeconds(Long.parseLong(value)))
            .orElse(Duration.ZERO);
    return new Problem(status, detail(body), retryAfter);
  }

  /** Whether the same request may well succeed a little later. */
  boolean temporary() {
    return status == 502 || status == 503 || status == 504;
  }

  String sentence() {
    String meaning =
        switch (status) {
          case 401 -> "the token was not accepted (401)";
          case 403 -> "this role is not allowed to do that (403)";
          case 404 -> "there is no such endpoint (404): is an older service running?";
          default -> "status " + status;
        };
    return detail.isEmpty() ? meaning : meaning + ": " + detail;
  }

  private static String detail(String body) {
    try {
      JsonNode document = JSON.readTree(body);
      String detail = document.path("detail").asText(document.path("title").asText(""));
      return detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail;
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
