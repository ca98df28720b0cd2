package org.tallykeep.system.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpHeaders;
import java.util.List;

/** What a service answered. */
public record Reply(int status, HttpHeaders headers, String body) {

  static final JsonMapper JSON = JsonMapper.builder().build();

  public JsonNode json() {
    return parse(body);
  }

  /** One JSON value a line. */
  public List<JsonNode> lines() {
    return body.lines().filter(line -> !line.isBlank()).map(Reply::parse).toList();
  }

  /** The last part of the problem's type. */
  public String problem() {
    return json().path("type").asText().replace("urn:tallykeep:problem:", "");
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not JSON: " + json, e);
    }
  }
}
