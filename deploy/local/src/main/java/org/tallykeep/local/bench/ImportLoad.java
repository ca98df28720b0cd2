package org.tallykeep.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tallykeep.local.CommandFailure;

/** Imports of whole files, each in one request, all at the same time. */
final class ImportLoad {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ID = "\"id\":\"";
  private static final int UUID_LENGTH = 36;

  private final URI path;
  private final String token;

  ImportLoad(URI service, String path, String token) {
    this.path = service.resolve(path);
    this.token = token;
  }

  /**
   * Sends all files and reads all answers.
   *
   * @param ids takes the ids that answers tell, from several threads
   * @return seconds from the first byte to the last summary
   * @throws CommandFailure unless every row was taken
   */
  double send(ImportFiles files, Consumer<String> ids) {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long began = System.nanoTime();
      List<Future<Long>> sent = new ArrayList<>();
      for (Path file : files.files()) {
        sent.add(threads.submit(() -> send(client, file, ids)));
      }
      long accepted = 0;
      for (Future<Long> one : sent) {
        accepted += one.get();
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      if (accepted != files.rows()) {
        throw new CommandFailure(
            "%d of %d rows were taken by %s".formatted(accepted, files.rows(), path));
      }
      return seconds;
    } catch (ExecutionException e) {
      throw new CommandFailure("an import failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted");
    }
  }

  private long send(HttpClient client, Path file, Consumer<String> ids)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(path)
            .timeout(Duration.ofMinutes(30))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofFile(file))
            .build();
    HttpResponse<Stream<String>> answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
    String last = "";
    try (Stream<String> lines = answer.body()) {
      for (Iterator<String> all = lines.iterator(); all.hasNext(); ) {
        last = all.next();
        idOf(last, ids);
      }
    }
    return accepted(last);
  }

  static void idOf(String line, Consumer<String> ids) {
    int at = line.indexOf(ID);
    if (at >= 0) {
      ids.accept(line.substring(at + ID.length(), at + ID.length() + UUID_LENGTH));
    }
  }

  /** How many rows were taken, as the last line says. */
  static long accepted(String last) throws IOException {
    JsonNode summary = JSON.readTree(last).path("summary");
    if (summary.isMissingNode()) {
      throw new CommandFailure("an import ended without a summary: " + last);
    }
    return summary.path("accepted").asLong();
  }
}
