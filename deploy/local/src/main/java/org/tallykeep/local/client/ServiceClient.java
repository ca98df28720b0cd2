package org.tallykeep.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.tallykeep.local.CommandFailure;

/** One service under one role. Requests that may be repeated are, while the service is away. */
public final class ServiceClient implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(5);

  private static final int UNAUTHORIZED = 401;

  private final HttpClient http;
  private final String name;
  private final URI base;
  private final FreshToken token;
  private final Patience patience;

  /**
   * @param name of the service, for messages
   * @param token asked again after a minute, and whenever the one before was not accepted
   */
  public ServiceClient(String name, URI base, Supplier<String> token, Patience patience) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    this.name = name;
    this.base = base;
    this.token = new FreshToken(token);
    this.patience = patience;
  }

  public JsonNode get(String path) {
    return answered(request(path).GET());
  }

  /** Posts a body of JSON; only for what a repeat does not double. */
  public JsonNode post(String path, JsonNode body) {
    return answered(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  String name() {
    return name;
  }

  Patience patience() {
    return patience;
  }

  HttpRequest.Builder request(String path) {
    String root = base.toString();
    String separator = root.endsWith("/") ? "" : "/";
    String relative = path.startsWith("/") ? path.substring(1) : path;
    return HttpRequest.newBuilder(URI.create(root + separator + relative)).timeout(ANSWER);
  }

  /** Sends with a token that was accepted or made within the last minute. */
  <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    // A copy: adding the header to the same builder twice would send both tokens.
    String bearer = token.get();
    HttpRequest.Builder authorised = request.copy().setHeader("Authorization", "Bearer " + bearer);
    try {
      HttpResponse<T> response = http.send(authorised.build(), handler);
      if (response.statusCode() == UNAUTHORIZED) {
        token.rejected(bearer);
      }
      return response;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private JsonNode answered(HttpRequest.Builder request) {
    Patience.Clock clock = patience.start();
    boolean refreshed = false;
    while (true) {
      Duration pause = Duration.ZERO;
      try {
        HttpResponse<String> response =
            send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        int status = response.statusCode();
        if (status / 100 == 2) {
          return json(response.body());
        }
        Problem problem = Problem.of(status, response.headers(), response.body());
        boolean expired = status == 401 && !refreshed;
        if (!problem.temporary() && !expired) {
          throw new CommandFailure(name + " refused: " + problem.sentence());
        }
        refreshed |= expired;
        pause = problem.retryAfter();
      } catch (IOException e) {
        if (!clock.pause(pause)) {
          throw away(e);
        }
        continue;
      }
      if (!clock.pause(pause)) {
        throw new CommandFailure(name + " stays unavailable; ./tallykeep status says more");
      }
    }
  }

  /** The failure of a service that does not answer. */
  CommandFailure away(IOException cause) {
    return new CommandFailure(
        name
            + " does not answer at "
            + base
            + "; is it running? ./tallykeep status says, ./tallykeep up starts it",
        cause);
  }

  private JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new CommandFailure(name + " answered with something that is not JSON", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
