package org.tallykeep.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * As much of an issuer as this library needs to see, so that it can be away on command. The
 * services and the system tests use a real Keycloak.
 */
public final class FakeIssuer implements QuarkusTestResourceLifecycleManager {

  static final Queue<Map<String, String>> TOKEN_REQUESTS = new ConcurrentLinkedQueue<>();
  private static volatile int tokenStatus = 200;
  private static final KeyPair KEYS = keys();
  private static volatile String issuer = "";

  private @Nullable HttpServer server;

  static void answerTokenRequestsWith(int status) {
    tokenStatus = status;
    TOKEN_REQUESTS.clear();
  }

  /** A token as Keycloak writes them. */
  public static String token(String audience, Instant expiry, String... roles) {
    return Jwt.claims()
        .issuer(issuer)
        .subject("7e0f8a52-3a3c-4f7e-9d0b-6c1a6ad1d7a1")
        .audience(audience)
        .issuedAt(expiry.minus(Duration.ofMinutes(5)))
        .expiresAt(expiry)
        .claim("typ", "Bearer")
        .claim("realm_access", Map.of("roles", List.of(roles)))
        .jws()
        .keyId("one")
        .sign(KEYS.getPrivate());
  }

  public static String validToken(String... roles) {
    return token("probe-service", Instant.now().plusSeconds(300), roles);
  }

  @Override
  public Map<String, String> start() {
    HttpServer server = listen();
    this.server = server;
    issuer = "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/probe";
    server.createContext("/realms/probe/.well-known/openid-configuration", this::discovery);
    server.createContext("/realms/probe/certs", this::certificates);
    server.createContext("/realms/probe/token", this::tokens);
    server.createContext("/echo", FakeIssuer::echo);
    server.start();
    return Map.of(
        "quarkus.oidc.auth-server-url",
        issuer,
        "quarkus.rest-client.echo.url",
        "http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static HttpServer listen() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private void discovery(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        200,
        """
        {"issuer":"%1$s","token_endpoint":"%1$s/token","jwks_uri":"%1$s/certs"}"""
            .formatted(issuer));
  }

  private void certificates(HttpExchange exchange) throws IOException {
    RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
    answer(
        exchange,
        200,
        """
        {"keys":[{"kty":"RSA","kid":"one","use":"sig","alg":"RS256","n":"%s","e":"%s"}]}"""
            .formatted(base64(key.getModulus()), base64(key.getPublicExponent())));
  }

  private void tokens(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    TOKEN_REQUESTS.add(parse(form));
    answer(
        exchange,
        tokenStatus,
        switch (tokenStatus) {
          case 200 ->
              "{\"access_token\":\"issued-%d\",\"token_type\":\"Bearer\",\"expires_in\":300}"
                  .formatted(TOKEN_REQUESTS.size());
          case 400 -> "{\"error\":\"invalid_request\",\"error_description\":\"Invalid token\"}";
          default -> "<html>in trouble</html>";
        });
  }

  /** Plays the other service: answers with the token it was shown. */
  private static void echo(HttpExchange exchange) throws IOException {
    answer(exchange, 200, exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static Map<String, String> parse(String form) {
    return Arrays.stream(form.split("&", -1))
        .map(p -> p.split("=", 2))
        .collect(Collectors.toMap(p -> p[0], p -> URLDecoder.decode(p[1], StandardCharsets.UTF_8)));
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] unsigned = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
