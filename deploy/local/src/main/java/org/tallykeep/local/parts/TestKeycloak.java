package org.tallykeep.local.parts;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Keycloak for tests, with the project's realm and two more clients for tokens to be refused. */
public final class TestKeycloak {

  static final String SHORT_LIVED = "test-short-lived";
  static final String FOREIGN = "test-foreign-audience";

  private final Keycloak server;
  private final Map<String, String> clientSecrets;
  private final Map<String, String> passwords;

  TestKeycloak(Keycloak server, Map<String, String> clientSecrets, Map<String, String> passwords) {
    this.server = server;
    this.clientSecrets = clientSecrets;
    this.passwords = passwords;
  }

  public String issuer() {
    return server.issuer();
  }

  public String url() {
    return server.url();
  }

  public String clientSecret(String client) {
    return secretOf(client);
  }

  public String userPassword(String role) {
    return passwordOf(role);
  }

  /** A person's token for both public services, good for an hour. */
  public String userToken(String role) {
    return userToken(role, Realm.FRONT_CLIENT);
  }

  /** A person's token from where security officers log in: good for the key service alone. */
  public String consoleToken(String role) {
    return userToken(role, Realm.CONSOLE_CLIENT);
  }

  /** Logs the person of a role in where people do. */
  public Session logIn(String role) {
    String client = Realm.clientOf(role);
    return new Session(
        client, server.refreshToken(client, secretOf(client), role, passwordOf(role)));
  }

  /** Whether a session has not been ended. */
  public boolean goesOn(Session session) {
    return server.refreshes(session.client(), secretOf(session.client()), session.refreshToken());
  }

  /** Somebody's session at the issuer. */
  public record Session(String client, String refreshToken) {
    @Override
    public String toString() {
      return "Session at " + client;
    }
  }

  /** Who the person of a role is to the issuer ({@code sub}). */
  public String subject(String role) {
    return claims(userToken(role)).path("sub").asText();
  }

  /** Who a service is to the issuer. */
  public String serviceSubject(String client) {
    return claims(serviceToken(client)).path("sub").asText();
  }

  /** Whom a service's own token is for. */
  public List<String> serviceAudiences(String client) {
    JsonNode audience = claims(serviceToken(client)).path("aud");
    return audience.isTextual()
        ? List.of(audience.asText())
        : audience.valueStream().map(JsonNode::asText).toList();
  }

  /** A machine's token: a service's own, or that of {@code ingest}. */
  public String serviceToken(String client) {
    return server.clientToken(client, secretOf(client));
  }

  /** What a service gets when it exchanges a person's token for one to call another service. */
  public String exchangedToken(String service, String personsToken, String audience) {
    return server.exchangedToken(service, secretOf(service), personsToken, audience);
  }

  /** A token that was good a moment ago; this call returns once it is not any more. */
  public String expiredUserToken(String role) {
    String token = userToken(role, SHORT_LIVED);
    Instant end = Instant.ofEpochSecond(claims(token).path("exp").asLong()).plusSeconds(1);
    Poll.until(Duration.ofSeconds(30), Duration.ofMillis(100), () -> Instant.now().isAfter(end));
    return token;
  }

  /** A good token of the same issuer that is for none of the services. */
  public String foreignAudienceToken(String role) {
    return userToken(role, FOREIGN);
  }

  private String userToken(String role, String client) {
    return server.userToken(client, secretOf(client), role, passwordOf(role));
  }

  private static JsonNode claims(String token) {
    byte[] body = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return Realm.parse(new String(body, StandardCharsets.UTF_8));
  }

  private String secretOf(String client) {
    return known(clientSecrets, client);
  }

  private String passwordOf(String role) {
    return known(passwords, role);
  }

  private static String known(Map<String, String> secrets, String name) {
    String secret = secrets.get(name);
    if (secret == null) {
      throw new IllegalArgumentException(
          "The test realm knows " + secrets.keySet() + ", not " + name);
    }
    return secret;
  }
}
