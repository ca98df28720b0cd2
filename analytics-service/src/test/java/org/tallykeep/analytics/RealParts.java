package org.tallykeep.analytics;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.tallykeep.local.parts.Database;
import org.tallykeep.local.parts.TestKeycloak;
import org.tallykeep.local.parts.TestParts;

/**
 * Real PostgreSQL, Keycloak and key service; the customer service's port is for the test to serve.
 */
public final class RealParts implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    TestParts parts = TestParts.get();
    Database database = parts.postgres().newDatabase("analytics");
    TestKeycloak keycloak = parts.keycloak();
    return Map.of(
        "quarkus.datasource.jdbc.url", database.jdbcUrl(),
        "quarkus.datasource.username", database.username(),
        "quarkus.datasource.password", database.password(),
        "quarkus.oidc.auth-server-url", keycloak.issuer(),
        "quarkus.oidc.credentials.secret", keycloak.clientSecret("analytics-service"),
        "tallykeep.keyvault.url", parts.keyService().url(),
        "tallykeep.customer.url", "http://127.0.0.1:" + freePort(),
        // A test says when to refresh.
        "quarkus.scheduler.enabled", "false");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    // The parts end with the JVM that started them.
  }
}
