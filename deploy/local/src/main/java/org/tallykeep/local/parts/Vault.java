package org.tallykeep.local.parts;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A running Vault server: initialised, sealed and unsealed. */
public record Vault(int port) {

  /** Both open everything in this Vault; for one machine only. */
  public record Keys(String unsealKey, String rootToken) {
    @Override
    public String toString() {
      return "Keys[]";
    }
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Whether it answers at all, sealed or not. */
  boolean answers() {
    try {
      return call("GET", "sys/seal-status", "", Map.of()).isOk();
    } catch (PartFailedException notYet) {
      return false;
    }
  }

  public boolean isInitialised() {
    return expect("GET", "sys/init", "", Map.of()).path("initialized").asBoolean();
  }

  public boolean isSealed() {
    return expect("GET", "sys/seal-status", "", Map.of()).path("sealed").asBoolean();
  }

  /** Makes the storage's key, in one share. */
  public Keys initialise() {
    JsonNode made =
        expect("PUT", "sys/init", "", Map.of("secret_shares", 1, "secret_threshold", 1));
    return new Keys(made.path("keys_base64").path(0).asText(), made.path("root_token").asText());
  }

  /** Opens the storage and waits until the server is the leader of its cluster of one. */
  public void unseal(Keys keys) {
    expect("PUT", "sys/unseal", "", Map.of("key", keys.unsealKey()));
    boolean active =
        Poll.until(
            Duration.ofSeconds(30),
            Duration.ofMillis(50),
            () -> Http.answers(url() + "/v1/sys/health"));
    if (!active) {
      throw new PartFailedException("Vault was unsealed but did not become active in 30 s.");
    }
  }

  public void seal(Keys keys) {
    expect("PUT", "sys/seal", keys.rootToken(), Map.of());
  }

  JsonNode expect(String method, String path, String token, Map<String, ?> body) {
    Http.Answer answer = call(method, path, token, body);
    if (!answer.isOk()) {
      throw new PartFailedException(
          "Vault answered %d to %s %s: %s"
              .formatted(answer.status(), method, path, answer.body().path("errors")));
    }
    return answer.body();
  }

  Http.Answer call(String method, String path, String token, Map<String, ?> body) {
    HttpRequest.Builder request = Http.request(url() + "/v1/" + path);
    if (!token.isEmpty()) {
      request.header("X-Vault-Token", token);
    }
    boolean bare = List.of("GET", "LIST").contains(method);
    return Http.send(
        request
            .method(method, bare ? HttpRequest.BodyPublishers.noBody() : Http.json(body))
            .build());
  }
}
