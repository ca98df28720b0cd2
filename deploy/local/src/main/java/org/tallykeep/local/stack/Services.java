package org.tallykeep.local.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tallykeep.local.parts.Commands;
import org.tallykeep.local.parts.Http;
import org.tallykeep.local.parts.Keycloak;
import org.tallykeep.local.parts.Launch;
import org.tallykeep.local.parts.PartFailedException;
import org.tallykeep.local.parts.ProjectHome;
import org.tallykeep.local.parts.Realm;
import org.tallykeep.local.parts.Starting;
import org.tallykeep.local.parts.VaultSetup.KeyServiceLogin;

/** The three services of a stack as processes of their packaged jars. */
final class Services {

  private static final Duration START = Duration.ofSeconds(180);

  private final ProjectHome home;
  private final StateFolder folder;
  private final StateStore store;
  private final PartStarter starter;

  Services(ProjectHome home, StateFolder folder, StateStore store, PartStarter starter) {
    this.home = home;
    this.folder = folder;
    this.store = store;
    this.starter = starter;
  }

  void keyvault(Map<String, String> settings) {
    Map<String, String> own = new HashMap<>(settings);
    if (store.state().vault()) {
      KeyServiceLogin login = Objects.requireNonNull(store.secrets().vaultLogin());
      own.put("TALLYKEEP_ROOT_TYPE", "vault");
      own.put("TALLYKEEP_ROOT_TRANSIT_KEY", login.transitKey());
      own.put("TALLYKEEP_ROOT_SIGNING_KEY", login.signingKey());
      own.put("TALLYKEEP_ROOT_LOG_MOUNT", login.logMount());
      own.put("QUARKUS_VAULT_URL", url(Part.VAULT));
      own.put("QUARKUS_VAULT_AUTHENTICATION_APP_ROLE_ROLE_ID", login.roleId());
      own.put("QUARKUS_VAULT_AUTHENTICATION_APP_ROLE_SECRET_ID", login.secretId());
    } else {
      own.put("TALLYKEEP_ROOT_TYPE", "local");
      own.put("TALLYKEEP_ROOT_LOCAL_KEYSTORE", folder.data().resolve("root-key.p12").toString());
      own.put("TALLYKEEP_ROOT_LOCAL_PASSWORD", store.secrets().localRootPassword());
    }
    own.put("TALLYKEEP_SESSIONS_URL", new Keycloak(Part.KEYCLOAK.port(base())).url());
    own.put(
        "TALLYKEEP_SESSIONS_SECRET", known(store.secrets().clientSecrets(), Realm.SESSIONS_CLIENT));
    own.put("TALLYKEEP_WITNESS_PATH", folder.data().resolve("witness.json").toString());
    ensure(Part.KEYVAULT_SERVICE, "keyvault", own);
  }

  void customer(Map<String, String> settings) {
    Map<String, String> own = new HashMap<>(settings);
    own.put("TALLYKEEP_KEYVAULT_URL", url(Part.KEYVAULT_SERVICE));
    own.put("TALLYKEEP_ANALYTICS_URL", url(Part.ANALYTICS_SERVICE));
    ensure(Part.CUSTOMER_SERVICE, "customer", own);
  }

  void analytics() {
    ensure(
        Part.ANALYTICS_SERVICE,
        "analytics",
        Map.of(
            "TALLYKEEP_KEYVAULT_URL", url(Part.KEYVAULT_SERVICE),
            "TALLYKEEP_CUSTOMER_URL", url(Part.CUSTOMER_SERVICE)));
  }

  private void ensure(Part part, String database, Map<String, String> own) {
    Path jar = home.serviceJar(part.label());
    if (!Files.exists(jar)) {
      throw new PartFailedException(
          part.label() + " is not packaged; ./tallykeep up does it: start it that way.");
    }
    starter.endIfOlderThan(jar, part);
    starter.ensure(part, () -> start(part, jar, database, own), () -> {});
  }

  private Starting start(Part part, Path jar, String database, Map<String, String> own) {
    Map<String, String> environment = new HashMap<>(common(part, database));
    environment.putAll(own);
    String ready = url(part) + "/q/health/ready";
    return new Launch(part.label(), command(jar), environment, folder.log(part))
        .start(START, () -> Http.answers(ready));
  }

  /** Key bytes pass through these processes: nothing may copy their memory to a file. */
  private List<String> command(Path jar) {
    return List.of(
        Commands.java(),
        "-Xms64m",
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:+DisableAttachMechanism",
        "-XX:-HeapDumpOnOutOfMemoryError",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:ErrorFile=" + folder.logs().resolve("hs_err_%p.log"),
        "-jar",
        jar.toString());
  }

  private Map<String, String> common(Part part, String database) {
    StackSecrets secrets = store.secrets();
    Map<String, String> environment = new HashMap<>();
    environment.put("TALLYKEEP_MODE", "local");
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(part.port(base())));
    environment.put(
        "QUARKUS_DATASOURCE_JDBC_URL",
        "jdbc:postgresql://127.0.0.1:" + Part.POSTGRESQL.port(base()) + "/" + database);
    environment.put("QUARKUS_DATASOURCE_USERNAME", database);
    environment.put("QUARKUS_DATASOURCE_PASSWORD", known(secrets.databasePasswords(), database));
    environment.put(
        "QUARKUS_OIDC_AUTH_SERVER_URL", new Keycloak(Part.KEYCLOAK.port(base())).issuer());
    environment.put(
        "QUARKUS_OIDC_CREDENTIALS_SECRET", known(secrets.clientSecrets(), part.label()));
    // Keycloak starts beside the services and is found at the first request: nothing to tell.
    environment.put("QUARKUS_LOG_CATEGORY__IO_QUARKUS_OIDC_COMMON_RUNTIME__LEVEL", "ERROR");
    // Readiness is asked for several times a second while the stack comes up.
    environment.put("QUARKUS_LOG_CATEGORY__IO_SMALLRYE_HEALTH__LEVEL", "WARN");
    return environment;
  }

  private static String known(Map<String, String> secrets, String name) {
    String secret = secrets.get(name);
    if (secret == null) {
      throw new PartFailedException(
          "The stack's secrets do not know "
              + name
              + ": they are of another version. ./tallykeep up --fresh starts over.");
    }
    return secret;
  }

  private String url(Part part) {
    return part.url(base());
  }

  private int base() {
    return store.state().portBase();
  }
}
