package org.tallykeep.keyvault.client;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.tallykeep.local.parts.TestParts;

/** Makes the test application the customer service of a real key service and a real Keycloak. */
public final class RealKeyService implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    TestParts parts = TestParts.get();
    return Map.of(
        "quarkus.oidc.auth-server-url", parts.keycloak().issuer(),
        "quarkus.oidc.client-id", "customer-service",
        "quarkus.oidc.credentials.secret", parts.keycloak().clientSecret("customer-service"),
        "tallykeep.keyvault.url", parts.keyService().url(),
        "tallykeep.keyvault.patience", "PT10S");
  }

  /** The parts end with the JVM. */
  @Override
  public void stop() {}
}
