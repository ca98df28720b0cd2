package org.tallykeep.customer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.tallykeep.local.parts.Database;
import org.tallykeep.local.parts.TestParts;

/** Gives the service a database of its own on the real parts, and a real key service. */
public final class CustomerParts implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    TestParts parts = TestParts.get();
    Database database = parts.postgres().newDatabase("customer");
    return Map.of(
        "quarkus.http.test-port", "0",
        "quarkus.datasource.jdbc.url", database.jdbcUrl(),
        "quarkus.datasource.username", database.username(),
        "quarkus.datasource.password", database.password(),
        "quarkus.oidc.auth-server-url", parts.keycloak().issuer(),
        "quarkus.oidc.credentials.secret", parts.keycloak().clientSecret("customer-service"),
        "tallykeep.keyvault.url", parts.keyService().url(),
        "tallykeep.index.check-every", "off",
        "tallykeep.rekey.check-every", "off",
        "tallykeep.mode", "local");
  }

  @Override
  public void stop() {
    // The parts end with the JVM.
  }
}
