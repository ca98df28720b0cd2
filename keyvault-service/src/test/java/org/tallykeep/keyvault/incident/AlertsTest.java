package org.tallykeep.keyvault.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.freeze.Principal;
import org.tallykeep.keyvault.platform.Database;

class AlertsTest {

  private static final String SECRET = "a secret that signs alerts in this test";

  private record Received(String body, String signature) {}

  private final Database database = TestDatabase.migrated();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile int status = 204;
  private HttpServer server;

  @BeforeEach
  void listen() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/alerts",
        exchange -> {
          received.add(
              new Received(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                  exchange.getRequestHeaders().getFirst("X-Tallykeep-Signature")));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  @Test
  void anAlertIsSignedSentOnceAndNamesNobody() throws Exception {
    Incident incident = incident();
    Alerts alerts = alerts(server.getAddress().getPort());
    enqueue(alerts, incident);

    alerts.deliver();
    alerts.deliver();

    assertThat(received).hasSize(1);
    Received alert = received.getFirst();
    assertThat(alert.body())
        .contains(incident.id().toString(), "decoy", "person")
        .doesNotContain("alice");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    assertThat(alert.signature())
        .isEqualTo(
            "sha256="
                + HexFormat.of()
                    .formatHex(mac.doFinal(alert.body().getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void anAlertThatIsNotTakenIsSentAgain() {
    Alerts alerts = alerts(server.getAddress().getPort());
    enqueue(alerts, incident());
    status = 500;
    alerts.deliver();
    status = 204;
    dueNow();
    alerts.deliver();
    assertThat(received).hasSize(2);
    assertThat(attempts()).isEqualTo(2);
  }

  @Test
  void whileNobodyListensItWaits() {
    int port = server.getAddress().getPort();
    server.stop(0);
    Alerts alerts = alerts(port);
    enqueue(alerts, incident());
    alerts.deliver();
    assertThat(received).isEmpty();
    assertThat(attempts()).isEqualTo(1);
  }

  private Alerts alerts(int port) {
    AlertConfig config =
        new Config(
            Optional.of(URI.create("http://127.0.0.1:" + port + "/alerts")),
            Optional.of(SECRET),
            Duration.ofSeconds(10));
    ObjectMapper json = new ObjectMapper();
    return new Alerts(database, new IncidentRepository(), new Webhook(config, json), config);
  }

  private record Config(Optional<URI> webhook, Optional<String> secret, Duration retryAfter)
      implements AlertConfig {}

  private static Incident incident() {
    return new Incident(
        UUID.randomUUID(),
        Incident.Cause.DECOY,
        Instant.now(),
        "decoy",
        new Principal.Person("alice"),
        Set.of("*"),
        Optional.empty(),
        Optional.empty(),
        "a test",
        Incident.State.OPEN);
  }

  private void enqueue(Alerts alerts, Incident incident) {
    database.transaction(
        connection -> {
          new IncidentRepository().insert(connection, incident);
          alerts.enqueue(connection, incident);
          return true;
        });
  }

  private void dueNow() {
    database.statement(
        c -> c.createStatement().executeUpdate("UPDATE alert SET next_attempt = now()"));
  }

  private int attempts() {
    return database.statement(
        connection -> {
          try (var found =
              connection.createStatement().executeQuery("SELECT attempts FROM alert")) {
            found.next();
            return found.getInt(1);
          }
        });
  }
}
