package org.tallykeep.customer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import org.tallykeep.local.parts.Database;
import org.tallykeep.local.parts.TestParts;

/**
 * Runs the service on a database of its own beside a real key service and a real Keycloak. Jobs
 * wait to be asked; the analytics service is {@link StandInAnalytics}.
 */
public final class RealParts implements QuarkusTestResourceLifecycleManager {

  private Map<String, String> more = Map.of();

  /** Settings of one test's own. */
  @Override
  public void init(Map<String, String> settings) {
    more = settings;
  }

  @Override
  public Map<String, String> start() {
    TestParts parts = TestParts.get();
    Database database = parts.postgres().newDatabase("customer");
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.http.test-port", "0");
    settings.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
    settings.put("quarkus.datasource.username", database.username());
    settings.put("quarkus.datasource.password", database.password());
    settings.put("quarkus.oidc.auth-server-url", parts.keycloak().issuer());
    settings.put(
        "quarkus.oidc.credentials.secret", parts.keycloak().clientSecret("customer-service"));
    settings.put("tallykeep.keyvault.url", parts.keyService().url());
    settings.put("tallykeep.analytics.url", StandInAnalytics.start());
    settings.put("tallykeep.pool.size", "400");
    settings.put("tallykeep.pool.block", "50");
    settings.put("tallykeep.pool.refill-every", "off");
    settings.put("tallykeep.mixer.crowd", "50");
    settings.put("tallykeep.mixer.check-every", "off");
    settings.put("tallykeep.mixer.daily", "off");
    settings.put("tallykeep.index.check-every", "off");
    settings.put("tallykeep.rekey.check-every", "off");
    settings.put("tallykeep.rekey.absent-for", "PT0S");
    settings.put("tallykeep.maintenance.rewrite-cron", "off");
    settings.put("tallykeep.predictions.refresh-after", "PT0S");
    // What is counted is what was sent, but where decoys are tested.
    settings.put("tallykeep.decoys.share", "0");
    settings.putAll(more);
    return settings;
  }

  /** The parts end with the JVM. */
  @Override
  public void stop() {
    StandInAnalytics.stop();
  }
}
