package org.tallykeep.system.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tallykeep.local.parts.Database;
import org.tallykeep.local.parts.TestKeycloak;
import org.tallykeep.local.parts.TestParts;
import org.tallykeep.local.parts.TestVault;
import org.tallykeep.local.parts.VaultSetup.KeyServiceLogin;

/**
 * The three services on databases of their own, with their root key in Vault; started once for all
 * tests and ended with the JVM.
 */
public final class Suite {

  private final TestParts parts = TestParts.get();
  private final Path logs = temporaryDirectory();
  private final VaultAudit vaultAudit;
  private final KeyServiceLogin login;
  private final Map<String, Database> databases = new HashMap<>();
  private final Map<String, ServiceProcess> services = new HashMap<>();

  private Suite() {
    vaultAudit = VaultAudit.start(parts.vault(), logs.resolve("vault-audit.log"));
    login = parts.vault().newKeyServiceLogin();
    Map<String, Integer> ports =
        Map.of(
            "customer-service", freePort(),
            "analytics-service", freePort(),
            "keyvault-service", freePort());
    Map<String, String> urls =
        Map.of(
            "TALLYKEEP_KEYVAULT_URL", "http://127.0.0.1:" + ports.get("keyvault-service"),
            "TALLYKEEP_CUSTOMER_URL", "http://127.0.0.1:" + ports.get("customer-service"),
            "TALLYKEEP_ANALYTICS_URL", "http://127.0.0.1:" + ports.get("analytics-service"));
    for (String name : List.of("keyvault-service", "customer-service", "analytics-service")) {
      Database database = parts.postgres().newDatabase(name.replace("-service", ""));
      databases.put(name, database);
      Map<String, String> settings = settings(name, database);
      if (name.equals("keyvault-service")) {
        settings.putAll(vault());
        settings.putAll(sessions(keycloak()));
      } else {
        settings.putAll(urls);
        // What is replaced after an incident is asked for often, and nobody is slow to write.
        settings.put("TALLYKEEP_REKEY_CHECK_EVERY", "2s");
        settings.put("TALLYKEEP_REKEY_ABSENT_FOR", "PT5S");
        // Whoever is killed is not waited for as long as in production.
        settings.put("TALLYKEEP_IMPORT_JOBS_LEASE", "10s");
      }
      services.put(
          name,
          new ServiceProcess(
              name, ports.getOrDefault(name, 0), logs.resolve(name + ".log"), settings));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "end suite"));
    keyvault().restart();
    customer().begin();
    analytics().begin();
    customer().awaitReady();
    analytics().awaitReady();
  }

  private static final class Once {
    private static final Suite INSTANCE = new Suite();
  }

  /** The one that all tests share. */
  public static Suite get() {
    return Once.INSTANCE;
  }

  public ServiceProcess customer() {
    return service("customer-service");
  }

  public ServiceProcess analytics() {
    return service("analytics-service");
  }

  public ServiceProcess keyvault() {
    return service("keyvault-service");
  }

  /** By the name of the service. */
  public ServiceProcess service(String name) {
    ServiceProcess service = services.get(name);
    if (service == null) {
      throw new IllegalArgumentException("No such service: " + name);
    }
    return service;
  }

  /** By the name of the service that owns it. */
  public Database database(String service) {
    Database database = databases.get(service);
    if (database == null) {
      throw new IllegalArgumentException("No such service: " + service);
    }
    return database;
  }

  public TestKeycloak keycloak() {
    return parts.keycloak();
  }

  public VaultAudit vaultAudit() {
    return vaultAudit;
  }

  /** The name of this suite's own root key in Vault. */
  public String rootKeyName() {
    return login.transitKey();
  }

  private Map<String, String> settings(String name, Database database) {
    return settings(name, database, keycloak());
  }

  /** What the key service needs besides to end sessions of people it has frozen. */
  static Map<String, String> sessions(TestKeycloak keycloak) {
    return Map.of(
        "TALLYKEEP_SESSIONS_URL", keycloak.url(),
        "TALLYKEEP_SESSIONS_SECRET", keycloak.clientSecret("keyvault-sessions"));
  }

  /** What every service needs. */
  static Map<String, String> settings(String name, Database database, TestKeycloak keycloak) {
    Map<String, String> settings = new HashMap<>();
    settings.put("TALLYKEEP_MODE", "local");
    settings.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl());
    settings.put("QUARKUS_DATASOURCE_USERNAME", database.username());
    settings.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
    settings.put("QUARKUS_OIDC_AUTH_SERVER_URL", keycloak.issuer());
    settings.put("QUARKUS_OIDC_CREDENTIALS_SECRET", keycloak.clientSecret(name));
    return settings;
  }

  private Map<String, String> vault() {
    return inVault(parts.vault(), login);
  }

  /** The settings of a key service whose root key is in Vault. */
  static Map<String, String> inVault(TestVault vault, KeyServiceLogin login) {
    return Map.of(
        "TALLYKEEP_ROOT_TYPE", "vault",
        "TALLYKEEP_ROOT_TRANSIT_KEY", login.transitKey(),
        "TALLYKEEP_ROOT_SIGNING_KEY", login.signingKey(),
        "TALLYKEEP_ROOT_LOG_MOUNT", login.logMount(),
        "QUARKUS_VAULT_URL", vault.url(),
        "QUARKUS_VAULT_AUTHENTICATION_APP_ROLE_ROLE_ID", login.roleId(),
        "QUARKUS_VAULT_AUTHENTICATION_APP_ROLE_SECRET_ID", login.secretId());
  }

  private void stop() {
    services.values().forEach(ServiceProcess::stop);
    vaultAudit.stop();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("No free port", e);
    }
  }

  static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("tallykeep-system-");
    } catch (IOException e) {
      throw new IllegalStateException("No temporary folder", e);
    }
  }
}
