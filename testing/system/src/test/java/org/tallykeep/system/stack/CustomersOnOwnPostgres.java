package org.tallykeep.system.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.tallykeep.local.parts.Database;
import org.tallykeep.local.parts.Postgres;
import org.tallykeep.local.parts.PostgresPart;
import org.tallykeep.local.parts.RunningProcess;

/**
 * A customer service on a PostgreSQL of its own that keeps what it commits, as in production, so
 * that it can be ended under the service without disturbing anybody. Its keys are the suite's.
 */
public final class CustomersOnOwnPostgres implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final String PASSWORD = "known-to-this-test-alone";

  private final PostgresPart part;
  private final Database database;
  private final ServiceProcess service;
  private RunningProcess postgres;

  public CustomersOnOwnPostgres(Suite suite) {
    Path folder = Suite.temporaryDirectory();
    part =
        new PostgresPart(
            folder.resolve("postgres"), folder.resolve("postgres.log"), Suite.freePort(), true);
    postgres = part.start(PASSWORD).awaitReady();
    database = new Postgres(part.port(), PASSWORD).database("customer", PASSWORD);
    Map<String, String> settings =
        new HashMap<>(Suite.settings("customer-service", database, suite.keycloak()));
    settings.put("TALLYKEEP_KEYVAULT_URL", suite.keyvault().url());
    settings.put("TALLYKEEP_ANALYTICS_URL", suite.analytics().url());
    service =
        new ServiceProcess(
            "customer-service", Suite.freePort(), folder.resolve("customer-service.log"), settings);
    service.restart();
  }

  public ServiceProcess service() {
    return service;
  }

  public Database database() {
    return database;
  }

  /** Ends PostgreSQL by a signal and starts it again; the service is not told. */
  public void restartPostgres(String signal) {
    postgres.end(signal, GRACE);
    postgres = part.start(PASSWORD).awaitReady();
  }

  @Override
  public void close() {
    service.stop();
    PostgresPart.stop(postgres);
  }
}
