package org.tallykeep.keyvault.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.Tokens;
import org.tallykeep.local.parts.TestKeycloak;
import org.tallykeep.local.parts.TestKeycloak.Session;

/** The call that ends sessions, at the real issuer, and at what is not one. */
class IssuerTest {

  private final TestKeycloak keycloak = Tokens.keycloak();
  private final String secret = keycloak.clientSecret("keyvault-sessions");

  @Test
  void allSessionsOfThePersonEndAndNobodyElsesDo() {
    Session one = keycloak.logIn("marketer");
    Session another = keycloak.logIn("marketer");
    Session somebodyElses = keycloak.logIn("data-steward");

    SessionEnd end = at(keycloak.url(), secret).endSessionsOf(keycloak.subject("marketer"));

    assertThat(end).isEqualTo(new SessionEnd.Ended());
    assertThat(keycloak.goesOn(one)).isFalse();
    assertThat(keycloak.goesOn(another)).isFalse();
    assertThat(keycloak.goesOn(somebodyElses)).isTrue();
    assertThat(keycloak.goesOn(keycloak.logIn("marketer"))).isTrue();
  }

  @Test
  void whoIsUnknownHasNoSessionsAndNoNameLeadsElsewhere() {
    Issuer issuer = at(keycloak.url() + "/", secret);
    String known = keycloak.subject("marketer");
    Session session = keycloak.logIn("marketer");
    for (String name :
        new String[] {
          UUID.randomUUID().toString(),
          "..",
          "../users/" + known,
          known + "/logout?",
          known + "#",
          "f:ldap:ada lovelace@example.com"
        }) {
      assertThat(issuer.endSessionsOf(name)).as(name).isNotEqualTo(new SessionEnd.Ended());
    }
    assertThat(issuer.endSessionsOf(UUID.randomUUID().toString()))
        .isEqualTo(new SessionEnd.Nobody());
    assertThat(keycloak.goesOn(session)).isTrue();
  }

  @Test
  void aClientThatIsRefusedTriesAgain() {
    assertThat(at(keycloak.url(), "not the secret").endSessionsOf(UUID.randomUUID().toString()))
        .isInstanceOf(SessionEnd.NotYet.class);
  }

  @Test
  void aProxyThatHidesTheAdminApiIsNotTakenForNobody() throws Exception {
    HttpServer hiding = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
    hiding.createContext(
        "/",
        exchange -> {
          boolean login = exchange.getRequestURI().getPath().endsWith("/token");
          byte[] body = (login ? "{\"access_token\":\"t\"}" : "<html>Not found</html>").getBytes();
          exchange.sendResponseHeaders(login ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    hiding.start();
    try {
      Issuer issuer = at("http://127.0.0.1:" + hiding.getAddress().getPort(), secret);
      assertThat(issuer.endSessionsOf("ada")).isInstanceOf(SessionEnd.NotYet.class);
    } finally {
      hiding.stop(0);
    }
  }

  @Test
  void anAnswerThatBreaksOffInItsBodyIsNotWaitedForForEver() throws Exception {
    try (ServerSocket hanging = new ServerSocket(0, 50, loopback())) {
      Thread.ofVirtual().start(() -> headersOnly(hanging));
      Issuer issuer = at("http://127.0.0.1:" + hanging.getLocalPort(), secret);
      assertThat(issuer.endSessionsOf("ada")).isInstanceOf(SessionEnd.NotYet.class);
    }
  }

  private static void headersOnly(ServerSocket server) {
    try {
      // Left open: the client is what has to end it.
      server
          .accept()
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n".getBytes(US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  private static Issuer at(String url, String secret) {
    return new Issuer(
        new Config(
            true,
            Optional.of(URI.create(url)),
            "tallykeep",
            "keyvault-sessions",
            Optional.of(secret),
            Duration.ofSeconds(1)),
        new ObjectMapper());
  }

  private record Config(
      boolean end,
      Optional<URI> url,
      String realm,
      String clientId,
      Optional<String> secret,
      Duration retryAfter)
      implements SessionConfig {}
}
