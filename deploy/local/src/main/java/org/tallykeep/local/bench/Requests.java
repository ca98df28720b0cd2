package org.tallykeep.local.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.tallykeep.local.CommandFailure;

/**
 * Requests of a benchmark: the same client, whoever is asked. It does not take answers apart more
 * than it must, so that the measured side has the machine; that each answer holds what was asked
 * for is checked by counting.
 */
final class Requests {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI base;
  private final Map<String, String> headers;

  Requests(URI base, Map<String, String> headers) {
    this.base = base;
    this.headers = headers;
  }

  /** The answer's body, whose status is one of success. */
  byte[] post(String path, byte[] json) {
    return send(
        path,
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json)));
  }

  /** The answer's body, whose status is one of success. */
  byte[] get(String path) {
    return send(path, HttpRequest.newBuilder(base.resolve(path)).GET());
  }

  void delete(String path) {
    send(path, HttpRequest.newBuilder(base.resolve(path)).DELETE());
  }

  private byte[] send(String path, HttpRequest.Builder request) {
    request.timeout(Duration.ofSeconds(60));
    headers.forEach(request::header);
    try {
      HttpResponse<byte[]> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() >= 300) {
        throw new CommandFailure(
            "%s answered %d: %s"
                .formatted(
                    path, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
      }
      return answer.body();
    } catch (IOException e) {
      throw new CommandFailure("no answer from " + base + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted");
    }
  }

  /** How often a piece of text is in an answer. */
  static int count(byte[] answer, byte[] piece) {
    int found = 0;
    for (int i = 0; i + piece.length <= answer.length; i++) {
      int same = 0;
      while (same < piece.length && answer[i + same] == piece[same]) {
        same++;
      }
      if (same == piece.length) {
        found++;
      }
    }
    return found;
  }
}
