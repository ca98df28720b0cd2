package org.tallykeep.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.ObjIntConsumer;

/** Reads the service's answers to one request, up to the summary that says they are complete. */
final class RowAnswers {

  private static final JsonMapper JSON = new JsonMapper();

  private RowAnswers() {}

  /**
   * Hands each answer on with the index of its row.
   *
   * @throws IOException when the answers end before the summary: the rest is not known
   */
  static void read(InputStream body, ObjIntConsumer<RowAnswer> each) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode answer = parse(line);
      if (answer.has("summary")) {
        return;
      }
      if (answer.has("error")) {
        throw new IOException(answer.path("error").path("detail").asText("the service stopped"));
      }
      each.accept(of(answer), answer.path("line").asInt() - 1);
    }
    throw new IOException("the answers broke off");
  }

  private static JsonNode parse(String line) throws IOException {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IOException("the answers broke off in the middle of a line", e);
    }
  }

  private static RowAnswer of(JsonNode answer) throws IOException {
    return switch (answer.path("status").asText()) {
      case "created", "accepted" -> new RowAnswer.Taken();
      case "duplicate" -> new RowAnswer.Known();
      case "conflict", "refused" -> {
        String code = answer.path("code").asText(answer.path("status").asText());
        String field = answer.path("field").asText("");
        String detail = answer.path("detail").asText("");
        yield new RowAnswer.Refused(code, field.isEmpty() ? detail : field + ": " + detail);
      }
      default -> throw new IOException("an answer of a kind that is not known here");
    };
  }
}
