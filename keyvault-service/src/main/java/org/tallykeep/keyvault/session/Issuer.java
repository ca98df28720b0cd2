package org.tallykeep.keyvault.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.tallykeep.keyvault.platform.WholeAnswer;

/** Keycloak's admin API, for the one call that ends all sessions of a person. */
@Singleton
class Issuer {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How Keycloak says it; a proxy that hides the admin API says 404, too, in other words. */
  private static final String NO_SUCH_USER = "User not found";

  private final SessionConfig config;
  private final ObjectMapper json;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Issuer(SessionConfig config, ObjectMapper json) {
    this.config = config;
    this.json = json;
  }

  /** Ends all sessions of a person, in whatever client they logged in. */
  SessionEnd endSessionsOf(String person) {
    if (person.equals(".") || person.equals("..")) {
      // In a path these are no names.
      return new SessionEnd.Nobody();
    }
    try {
      HttpResponse<String> login = send(login());
      Optional<String> token = text(login, "access_token");
      if (login.statusCode() != 200 || token.isEmpty()) {
        return new SessionEnd.NotYet("the log-in was answered with " + login.statusCode());
      }
      HttpResponse<String> answer = send(logout(person, token.get()));
      return switch (answer.statusCode()) {
        case 204 -> new SessionEnd.Ended();
        case 404 -> notFound(answer);
        default -> new SessionEnd.NotYet("answered with " + answer.statusCode());
      };
    } catch (IOException e) {
      return new SessionEnd.NotYet(e.getClass().getName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SessionEnd.NotYet(e.getClass().getName());
    }
  }

  private SessionEnd notFound(HttpResponse<String> answer) {
    return text(answer, "error").filter(NO_SUCH_USER::equals).isPresent()
        ? new SessionEnd.Nobody()
        : new SessionEnd.NotYet("answered with 404, and not by Keycloak's admin API");
  }

  private HttpRequest login() {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s"
            .formatted(encoded(config.clientId()), encoded(config.secret().orElseThrow()));
    return request("/realms/%s/protocol/openid-connect/token".formatted(config.realm()))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form))
        .build();
  }

  private HttpRequest logout(String person, String token) {
    return request("/admin/realms/%s/users/%s/logout".formatted(config.realm(), encoded(person)))
        .header("Authorization", "Bearer " + token)
        .POST(HttpRequest.BodyPublishers.noBody())
        .build();
  }

  private HttpRequest.Builder request(String path) {
    String base = config.url().orElseThrow().toString();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return HttpRequest.newBuilder(URI.create(root + path)).timeout(PATIENCE);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return WholeAnswer.within(PATIENCE, client, request, HttpResponse.BodyHandlers.ofString());
  }

  private Optional<String> text(HttpResponse<String> answer, String field) {
    try {
      JsonNode found = json.readTree(answer.body()).path(field);
      return found.isTextual() ? Optional.of(found.textValue()) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  /** Names of people come from an officer's hand: none of them leads to another path. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
