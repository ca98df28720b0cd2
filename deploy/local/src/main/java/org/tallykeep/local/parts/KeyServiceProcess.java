package org.tallykeep.local.parts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A key service of its own for tests of the services that ask it. */
public final class KeyServiceProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);

  private final String url;
  private final RunningProcess process;

  private KeyServiceProcess(String url, RunningProcess process) {
    this.url = url;
    this.process = process;
  }

  static KeyServiceProcess start(
      ProjectHome home, Path logFile, Database database, TestKeycloak keycloak) {
    Path jar = home.serviceJar("keyvault-service");
    if (!Files.exists(jar)) {
      throw new PartFailedException(
          "The key service is not packaged: run mvn -pl keyvault-service -am package -DskipTests.");
    }
    int port = FreePorts.any();
    String url = "http://127.0.0.1:" + port;
    Map<String, String> environment = new HashMap<>();
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", database.username());
    environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
    environment.put("QUARKUS_OIDC_AUTH_SERVER_URL", keycloak.issuer());
    environment.put("QUARKUS_OIDC_CREDENTIALS_SECRET", keycloak.clientSecret("keyvault-service"));
    environment.put("TALLYKEEP_MODE", "local");
    // Tests of other services share the people of the realm: nobody is logged out under them.
    environment.put("TALLYKEEP_SESSIONS_END", "false");
    environment.put("TALLYKEEP_ROOT_TYPE", "local");
    environment.put(
        "TALLYKEEP_ROOT_LOCAL_KEYSTORE",
        logFile.resolveSibling("root-" + port + ".p12").toString());
    environment.put("TALLYKEEP_ROOT_LOCAL_PASSWORD", Secrets.random());
    Launch launch =
        new Launch(
            "The key service",
            List.of(Commands.java(), "-Xmx256m", "-XX:+UseSerialGC", "-jar", jar.toString()),
            environment,
            logFile);
    return new KeyServiceProcess(
        url, launch.start(START, () -> Http.answers(url + "/q/health/ready")).awaitReady());
  }

  public String url() {
    return url;
  }

  @Override
  public void close() {
    process.end(Duration.ofSeconds(10));
  }
}
