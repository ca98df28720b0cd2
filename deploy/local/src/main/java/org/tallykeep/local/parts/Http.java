package org.tallykeep.local.parts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON over HTTP to a part of this machine. */
public final class Http {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private Http() {}

  /** An answer with its status; a body that is not JSON is an empty object. */
  public record Answer(int status, JsonNode body) {
    public boolean isOk() {
      return status >= 200 && status < 300;
    }

    /** Bodies may hold tokens. */
    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  public static boolean answers(String url) {
    try {
      return send(request(url).GET().build()).isOk();
    } catch (PartFailedException notThereYet) {
      return false;
    }
  }

  public static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
  }

  static HttpRequest.BodyPublisher form(Map<String, String> fields) {
    return HttpRequest.BodyPublishers.ofString(
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&")));
  }

  public static HttpRequest.BodyPublisher json(Object body) {
    return HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString());
  }

  public static Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response =
          CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), parse(response.body()));
    } catch (IOException e) {
      throw new PartFailedException(
          "No answer from "
              + request.uri().getAuthority()
              + " ("
              + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
              + "). ./tallykeep status says what runs, ./tallykeep up starts what does not.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartFailedException("Interrupted while asking " + request.uri().getAuthority(), e);
    }
  }

  private static JsonNode parse(String body) {
    try {
      return body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (IOException notJson) {
      return JSON.createObjectNode();
    }
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
