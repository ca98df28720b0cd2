package org.tallykeep.platform.problem;

import java.util.LinkedHashMap;
import java.util.Map;

/** What HTTP itself refuses, before any feature is asked: one name, title and advice a status. */
final class HttpProblem extends Problem {

  private final transient Map<String, Object> extras;

  private HttpProblem(Kind kind, String detail, Map<String, Object> extras) {
    super(kind, detail);
    this.extras = extras;
  }

  static HttpProblem of(int status) {
    return of(status, adviceOf(status), Map.of());
  }

  static HttpProblem of(int status, String detail, Map<String, Object> extras) {
    return new HttpProblem(kindOf(status), detail, new LinkedHashMap<>(extras));
  }

  private static Kind kindOf(int status) {
    return switch (status) {
      case 400 -> new Kind("malformed-request", 400, "The request is malformed");
      case 401 -> new Kind("unauthenticated", 401, "Authentication is needed");
      case 403 -> new Kind("forbidden", 403, "Not allowed");
      case 404 -> new Kind("not-found", 404, "Not found");
      case 405 -> new Kind("method-not-allowed", 405, "Method not allowed");
      case 406 -> new Kind("not-acceptable", 406, "No acceptable representation");
      case 408 -> new Kind("request-timeout", 408, "The request took too long");
      case 413 -> new Kind("content-too-large", 413, "The body is too large");
      case 415 -> new Kind("unsupported-media-type", 415, "Unsupported media type");
      case 503 -> new Kind("unavailable", 503, "Not available at the moment");
      default ->
          status >= 400 && status < 500
              ? new Kind("refused", status, "The request was refused")
              : new Kind("internal-error", status >= 500 ? status : 500, "An internal error");
    };
  }

  private static String adviceOf(int status) {
    return switch (status) {
      case 400 -> "Compare the request with the OpenAPI document at /q/openapi.";
      case 401 -> "Send a valid access token for this service as Authorization: Bearer.";
      case 403 -> "The token is valid, but none of its roles allows this operation.";
      case 404 -> "Nothing is here, or no longer: check the path and the identifier.";
      case 405 -> "The path exists but not with this method: see /q/openapi.";
      case 406 -> "Ask for a media type that this operation offers: see /q/openapi.";
      case 408 -> "Send the request again, faster or in smaller parts.";
      case 413 -> "Send the data in smaller parts, or use the import operations.";
      case 415 -> "Send the media type that this operation reads: see /q/openapi.";
      case 503 -> "Try again in a while.";
      default -> "Compare the request with the OpenAPI document at /q/openapi.";
    };
  }

  @Override
  public Map<String, Object> extras() {
    return extras;
  }
}
