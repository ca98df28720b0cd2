package org.tallykeep.system.stack;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tallykeep.local.parts.Database;
import org.tallykeep.local.parts.TestParts;
import org.tallykeep.local.parts.TestVault;

/** Replicas of the key service as it is shipped, on one database and one root key in Vault. */
public final class KeyReplicas implements AutoCloseable {

  private final Database database;
  private final List<ServiceProcess> replicas = new ArrayList<>();

  /**
   * Starts them.
   *
   * @param more settings besides those that every key service needs
   */
  public KeyReplicas(int count, Map<String, String> more) {
    TestParts parts = TestParts.get();
    TestVault vault = parts.vault();
    Path logs = Suite.temporaryDirectory();
    database = parts.postgres().newDatabase("keyvault");
    Map<String, String> settings =
        new HashMap<>(Suite.settings("keyvault-service", database, parts.keycloak()));
    settings.putAll(Suite.inVault(vault, vault.newKeyServiceLogin()));
    settings.putAll(Suite.sessions(parts.keycloak()));
    settings.putAll(more);
    for (int i = 0; i < count; i++) {
      replicas.add(
          new ServiceProcess(
              "keyvault-service",
              Suite.freePort(),
              logs.resolve("keyvault-service-" + i + ".log"),
              settings));
    }
    // The first makes the tables and the branch keys.
    replicas.getFirst().restart();
    replicas.stream().skip(1).forEach(ServiceProcess::begin);
    replicas.stream().skip(1).forEach(ServiceProcess::awaitReady);
  }

  public ServiceProcess replica(int number) {
    return replicas.get(number);
  }

  public List<ServiceProcess> all() {
    return List.copyOf(replicas);
  }

  public Database database() {
    return database;
  }

  /** How many people are frozen whose sessions have not been ended yet. */
  public long sessionsToEnd() {
    try (Connection connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        ResultSet count =
            connection
                .createStatement()
                .executeQuery("SELECT count(*) FROM session_to_end WHERE ended_at IS NULL")) {
      count.next();
      return count.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    replicas.forEach(ServiceProcess::stop);
  }
}
